/** The service worker, seen from the page: registered after the first paint, replaced when nobody is in the middle of something. */
import { createEffect, createRoot, createSignal } from 'solid-js'
import { inHand } from '../lib/in-hand.ts'
import { language } from '../text/first.ts'
import { isTimeToCheck } from './update.rules.ts'

const INSTALLS_WITHIN_MS = 30_000
const REPLACED = 'replaced'

const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null)

const [isLate, setIsLate] = createSignal(false)

/** A newer version of the app is here: it waits to take over, or has done so under another tab. */
export const newVersion = () => waiting() !== null || isLate()

const lastThings = new Set<() => unknown>()

/** Waited for before the page loads again by itself: what is typed must be stored. Returns how to take it back. */
export function beforeReload(run: () => unknown): () => void {
  lastThings.add(run)
  return () => lastThings.delete(run)
}

const getReady = () => Promise.allSettled([...lastThings].map((run) => run()))

let isAsked = false

/** Lets the new version take over; the page loads again under it. */
export async function takeNewVersion(): Promise<void> {
  isAsked = true
  await getReady()
  if (isLate()) location.reload()
  else waiting()?.postMessage({ type: 'SKIP_WAITING' })
}

export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  // The first worker takes the page over silently; only a later one means that the page must load again.
  let hadWorker = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // Taken by another tab: this one loads again in its own time.
    if (hadWorker && isAsked) location.reload()
    else if (hadWorker) setIsLate(true)
    hadWorker = true
  })
  window.addEventListener('load', () => void register(), { once: true })
  if (document.readyState === 'complete') void register()
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => null)
  if (!registration) return
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting)
  }
  look()
  tellLanguage()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  let checkedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (!isTimeToCheck(document.visibilityState === 'visible', checkedAt, Date.now())) return
    checkedAt = Date.now()
    void registration.update().catch(() => undefined)
  })
}

/** Its words are kept for when there is no network. */
function tellLanguage(): void {
  createRoot(() =>
    createEffect(() => {
      const chosen = language()
      void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ type: 'LANGUAGE', language: chosen }))
    }),
  )
}

/**
 * A part of the app could not be fetched. Where that is because a newer version has taken its place, what is typed is
 * stored and the page loads again with that version: once, and never under a recording.
 */
export async function replaceIfOld(): Promise<void> {
  const mine = new URL(import.meta.url).pathname
  if (!import.meta.env.PROD || inHand.size > 0 || sessionStorage.getItem(REPLACED) === mine) return
  const response = await fetch('/service-worker.js', { cache: 'no-store' })
  // It lists the files of its version.
  if (!response.ok || (await response.text()).includes(mine.slice(1))) return
  sessionStorage.setItem(REPLACED, mine)
  isAsked = true
  await getReady()
  const registration = await navigator.serviceWorker?.getRegistration()
  if (!registration || !navigator.serviceWorker.controller) return location.reload()
  await registration.update()
  const next = registration.installing ?? registration.waiting
  if (!next) return location.reload()
  await installed(next)
  next.postMessage({ type: 'SKIP_WAITING' })
}

function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((done) => {
    const look = () => worker.state !== 'installing' && done()
    worker.addEventListener('statechange', look)
    setTimeout(done, INSTALLS_WITHIN_MS)
    look()
  })
}
