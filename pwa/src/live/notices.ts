/**
 * Notifications that this device shows, seen from the page: they go when there is nothing left to say, here or on another
 * device, and the address that they come to is told to the server again now and then.
 */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import type { LiveEvent } from '#contract/live.ts'
import type { Desk } from './desk.ts'

const REPOST_MS = 12 * 3_600_000
const REPOSTED = 'push-posted'

/** Whether this device may show notifications at all. */
export function mayNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted' && 'serviceWorker' in navigator
}

/** Whether the app is on the screen. */
export function createVisibility(): Accessor<boolean> {
  const [isVisible, setIsVisible] = createSignal(document.visibilityState === 'visible')
  const listen = () => setIsVisible(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', listen)
  onCleanup(() => document.removeEventListener('visibilitychange', listen))
  return isVisible
}

/** Keeps what is shown true. `isOpen`: the stream is there, so the server can be asked. Call it where effects live. */
export function createNotices(desk: Desk, isOpen: Accessor<boolean>, isVisible: Accessor<boolean>): void {
  onCleanup(desk.onEvent((event) => void closeFor(event, desk.me.person.id)))
  createEffect(
    on([isOpen, isVisible], ([open, visible]) => {
      if (open && visible && mayNotify()) void tidy().catch(() => undefined)
    }),
  )
}

/** Read or answered, here or on another device: its notification says nothing any more. */
async function closeFor(event: LiveEvent, personId: string): Promise<void> {
  if (!mayNotify()) return
  if (event.type === 'read' || event.type === 'forget') return close(`c:${event.chatId}`)
  if (event.type === 'transfer' && event.transfer.state !== 'requested' && event.transfer.askedBy.id !== personId)
    return close(`t:${event.transfer.id}`)
  if (event.type === 'channel' && event.channel.problem === null) return close(`n:${event.channel.id}`)
  if (event.type !== 'chat') return
  const { chat } = event
  const isTheirs = chat.assignee !== null && chat.assignee.id !== personId
  if (chat.waitingSince === null || chat.state === 'closed' || isTheirs) await close(`c:${chat.id}`)
}

async function close(tag: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  for (const notice of (await registration?.getNotifications({ tag })) ?? []) notice.close()
}

/** At start and whenever the app comes to the screen: closes what no longer says anything, and tells our address again. */
async function tidy(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) return
  const shown = await registration.getNotifications()
  if (shown.length > 0) {
    const { tags } = await call(api.getPushStanding, {})
    for (const notice of shown) if (notice.tag !== 'test' && !tags.includes(notice.tag)) notice.close()
  }
  if (Date.now() - Number(localStorage.getItem(REPOSTED) ?? 0) < REPOST_MS) return
  const { renewDevice } = await import('./push-device.ts')
  if (await renewDevice()) localStorage.setItem(REPOSTED, String(Date.now()))
}
