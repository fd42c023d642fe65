/// <reference lib="webworker" />
/**
 * Push in the service worker: shows what comes, does what its buttons say, opens the chat. Every push shows something: a
 * phone that gets silent ones soon gets none (reference/pwa.md §8.6).
 */
import type { PushData, PushJson } from '#contract/push.ts'
import { replyFromNotice } from './reply.ts'

declare const self: ServiceWorkerGlobalScope

/** The events of the last pushes: one that comes again, since its answer was lost, replaces itself without a sound. */
const heard = new Set<string>()
const HEARD_MAX = 50

/** What is shown; `reply` is Chromium's own. */
type Shown = NotificationOptions & { actions?: object[]; renotify?: boolean }
type Clicked = NotificationEvent & { reply?: string }
type Changed = ExtendableEvent & { oldSubscription?: PushSubscription | null; newSubscription?: PushSubscription | null }

export function listenForPushes(): void {
  self.addEventListener('push', (event) => event.waitUntil(show(event)))
  self.addEventListener('notificationclick', (event) => event.waitUntil(clicked(event)))
  self.addEventListener('notificationclose', (event) => event.waitUntil(seen(event.notification.tag)))
  self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(rotate(event)))
}

async function show(event: PushEvent): Promise<void> {
  const json = read(event)
  if (!json) return self.registration.showNotification('WhatsappB24', { tag: 'app', icon: '/icons/icon-192.png' })
  const { title, navigate: _navigate, app_badge: _badge, ...given } = json.notification
  const isRepeat = heard.has(given.data.id)
  remember(given.data.id)
  const options: Shown = isRepeat ? { ...given, silent: true, renotify: false } : given
  // Closed first: where a tag replaces nothing (iPhone), the old one would stay beside the new one. A badge keeps nothing waiting.
  const shown = close([given.tag, ...json.close]).then(() => self.registration.showNotification(title, options))
  await Promise.all([shown, showBadge(json.app_badge)])
}

function read(event: PushEvent): PushJson | null {
  try {
    const json: PushJson | null = event.data?.json() ?? null
    return json?.web_push === 8030 ? json : null
  } catch {
    return null
  }
}

function remember(id: string): void {
  heard.add(id)
  const [oldest] = heard
  if (heard.size > HEARD_MAX && oldest !== undefined) heard.delete(oldest)
}

async function close(tags: readonly string[]): Promise<void> {
  for (const notice of await self.registration.getNotifications()) if (tags.includes(notice.tag)) notice.close()
}

async function showBadge(unanswered: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  await (unanswered > 0 ? navigator.setAppBadge(unanswered) : navigator.clearAppBadge()).catch(() => undefined)
}

async function clicked({ notification, action, reply = '' }: Clicked): Promise<void> {
  notification.close()
  const data: PushData | null = notification.data
  if (!data) return open('/chats')
  if (action === 'ack') return orTell(notification, ask('PUT', '/api/push/seen', { tag: notification.tag }))
  void seen(notification.tag).catch(() => undefined)
  if (action === 'reply') {
    // Where the platform offers no field, the chat opens to write in.
    if (!data.chatId || reply.trim() === '') return open(data.url)
    return orTell(notification, replyFromNotice(data.personId, data.chatId, reply.trim()))
  }
  if (action === 'settle') return orTell(notification, ask('PUT', `/api/chats/${data.chatId}/settled`, {}))
  if (action === 'approve' || action === 'deny')
    return orTell(notification, ask('PUT', `/api/transfers/${data.transferId}/decision`, { approve: action === 'approve' }))
  return open(data.url)
}

/** What could not be done is said where it was asked for; a tap leads to where it can be done. */
async function orTell({ title, tag, data }: Notification, done: Promise<boolean>): Promise<void> {
  if (await done.catch(() => false)) return
  await self.registration.showNotification(title, { body: data.failed, tag, data, icon: '/icons/icon-192.png' })
}

async function ask(method: string, path: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return (await fetch(path, { method, headers, body: JSON.stringify(body) })).ok
}

async function seen(tag: string): Promise<void> {
  if (tag !== '' && tag !== 'test') await ask('PUT', '/api/push/seen', { tag })
}

/** A window this busy has not heard: it is starting, or of a version that does not know the word. */
const HEARS_WITHIN_MS = 1_000

/** A window that is there comes to the front; else one opens, and puts the inbox under the chat. */
async function open(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find((client) => client.visibilityState === 'visible') ?? windows[0]
  if (!shown) return void (await self.clients.openWindow(withMark(url)))
  await shown.focus().catch(() => undefined)
  if (!(await hears(shown, url))) await shown.navigate(withMark(url))
}

/** Whether the app in this window has taken the word to open something. */
function hears(client: WindowClient, url: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), HEARS_WITHIN_MS)
    port1.onmessage = () => {
      clearTimeout(timer)
      resolve(true)
    }
    client.postMessage({ type: 'open', url }, [port2])
  })
}

const withMark = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}from=notice`

/** The browser has replaced our subscription, or dropped it: the server must know the new address. */
async function rotate({ oldSubscription, newSubscription }: Changed): Promise<void> {
  const options = oldSubscription?.options
  const fresh = newSubscription ?? (options?.applicationServerKey ? await self.registration.pushManager.subscribe(options) : null)
  if (!fresh) return
  const { endpoint, keys } = fresh.toJSON()
  await ask('POST', '/api/push/device/rotation', {
    before: oldSubscription?.endpoint ?? null,
    ...{ endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] },
  })
}
