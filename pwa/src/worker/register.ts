/** The service worker, seen from the page: registered after the first paint, replaced when nobody is writing. */
import { createSignal } from 'solid-js'

const CHECK_EVERY_MS = 30 * 60_000

const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null)

/** A newer version of the app is here and waits to take over. */
export const newVersion = () => waiting() !== null

/** Lets the new version take over; the page loads again under it. */
export function takeNewVersion(): void {
  waiting()?.postMessage({ type: 'SKIP_WAITING' })
}

export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  // The first worker takes the page over silently; only a later one means that the page must load again.
  let hadWorker = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadWorker) location.reload()
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
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  let checkedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < CHECK_EVERY_MS) return
    checkedAt = Date.now()
    void registration.update().catch(() => undefined)
  })
}
