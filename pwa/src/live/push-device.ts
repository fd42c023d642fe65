/** This device as web push knows it: whether it can, subscribing, and telling the server where it is reached. */
import type { Push } from '#contract/push.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'

/** A browser whose push service cannot be reached never answers (reference/pwa.md §8.6). */
const SUBSCRIBE_MS = 15_000
const INSTALL_ID = 'install-id'

/**
 * `install`: an iPhone or iPad, where only an installed app gets push. `blocked`: the person or the system said no.
 * `ask`: nobody has been asked. `off`: allowed, and not subscribed.
 */
export type Standing = 'unsupported' | 'install' | 'blocked' | 'ask' | 'off' | 'on'

/** An iPad says that it is a Mac, and is the only one of them that is touched. */
export function isApple(): boolean {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
}

export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
}

/** Where this device stands. */
export async function standing(): Promise<Standing> {
  if (isApple() && !isInstalled()) return 'install'
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis)) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  if (Notification.permission === 'default') return 'ask'
  return (await subscriptionHere()) ? 'on' : 'off'
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

export type Trouble = 'blocked' | 'no_answer' | 'no_worker'
export class SubscribeProblem extends Error {
  readonly trouble: Trouble
  constructor(trouble: Trouble) {
    super(trouble)
    this.trouble = trouble
  }
}

/** Asks for permission, subscribes and tells the server. Call it from a tap. Throws SubscribeProblem and ApiProblem. */
export async function turnOn(publicKey: string): Promise<Push> {
  // First of all, and in the tap itself: Safari grants nothing later.
  if ((await Notification.requestPermission()) !== 'granted') throw new SubscribeProblem('blocked')
  return post(await subscribe(publicKey))
}

async function subscribe(publicKey: string): Promise<PushSubscription> {
  const registration = await within(navigator.serviceWorker.ready, 'no_worker')
  const wanted = bytesOf(publicKey)
  const before = await registration.pushManager.getSubscription()
  if (before && sameBytes(before.options.applicationServerKey, wanted)) return before
  await before?.unsubscribe()
  const asked = registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
  return within(
    asked.catch((error: unknown) => {
      throw new SubscribeProblem(error instanceof DOMException && error.name === 'NotAllowedError' ? 'blocked' : 'no_answer')
    }),
    'no_answer',
  )
}

function within<Value>(promise: Promise<Value>, trouble: Trouble): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SubscribeProblem(trouble)), SUBSCRIBE_MS)
  })
  return Promise.race([promise, over]).finally(() => clearTimeout(timer))
}

function post(subscription: PushSubscription): Promise<Push> {
  const { endpoint, keys } = subscription.toJSON()
  return call(api.postPushDevice, {
    installId: installId(),
    endpoint: endpoint ?? '',
    p256dh: keys?.['p256dh'] ?? '',
    auth: keys?.['auth'] ?? '',
  })
}

/** The same phone is the same row at the server, however often it subscribes. */
function installId(): string {
  const known = localStorage.getItem(INSTALL_ID)
  if (known) return known
  const made = crypto.randomUUID()
  localStorage.setItem(INSTALL_ID, made)
  return made
}

/**
 * Permission stands, so this device wants to be reached: subscribes again where the browser has dropped it or our key is
 * another one, and tells the address. False when the person has taken this device out, or nothing is set up.
 */
export async function renewDevice(): Promise<boolean> {
  const { publicKey, devices } = await call(api.getPush, {})
  // What the push service has let go is wanted again; what the person has taken out is not.
  const isWanted = devices.some(({ isThis, dropped }) => isThis && (dropped === null || dropped.why === 'gone'))
  if (!publicKey || (!isWanted && !(await subscriptionHere()))) return false
  await post(await subscribe(publicKey))
  return true
}

/** This device hears nothing any more: the browser lets its address go. */
export async function unsubscribeHere(): Promise<void> {
  await (await subscriptionHere())?.unsubscribe()
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}

function sameBytes(key: ArrayBuffer | null, wanted: Uint8Array): boolean {
  const bytes = new Uint8Array(key ?? new ArrayBuffer(0))
  return bytes.length === wanted.length && bytes.every((byte, at) => byte === wanted[at])
}
