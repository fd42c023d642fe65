/// <reference lib="webworker" />
/** The shell without a network. Chats are in IndexedDB and files at the server: nothing of the API is cached here. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { takeShares } from './share-target.ts'
import { listenForPushes } from './push.ts'
import { dropOldParts, keepWords, languagesKept, otherLanguage, PARTS } from './words.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] }

const NOT_PAGES = /^\/((api|hooks|bitrix24|privacidad)\/|health$)/

const files = self.__WB_MANIFEST.filter((file) => typeof file !== 'string')
const words = files.flatMap(({ url }) => (otherLanguage(url) ? [`/${url}`] : []))
precacheAndRoute(files.filter(({ url }) => !otherLanguage(url)))
cleanupOutdatedCaches()
takeShares()
// Parts that are rarely used on a phone are not fetched ahead: kept once they were, for this version of the app.
registerRoute(({ url }) => url.origin === location.origin && url.pathname.startsWith('/assets/'), keepPart)
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && !NOT_PAGES.test(url.pathname) && !url.searchParams.has('f'),
  createHandlerBoundToURL('/index.html'),
)

async function keepPart({ request }: { request: Request }): Promise<Response> {
  const parts = await caches.open(PARTS)
  const kept = await parts.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await parts.put(request, response.clone())
  return response
}

listenForPushes()

self.addEventListener('install', (event) => event.waitUntil(languagesKept().then((languages) => keepWords(words, languages))))
self.addEventListener('activate', (event) => event.waitUntil(dropOldParts(words).then(() => self.clients.claim())))
self.addEventListener('message', (event) => {
  const said: { type?: unknown; language?: unknown } | null = event.data
  // A new version waits until the page says that nothing is being written (worker/register.ts).
  if (said?.type === 'SKIP_WAITING') void self.skipWaiting()
  if (said?.type === 'LANGUAGE') event.waitUntil(keepWords(words, [said.language]))
})
