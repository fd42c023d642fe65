/// <reference lib="webworker" />
/** The shell without a network. Chats are in IndexedDB and files at the server: nothing of the API is cached here. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { takeShares } from './share-target.ts'
import { listenForPushes } from './push.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
takeShares()
// Parts that are rarely used on a phone are not fetched ahead: kept once they were, for this version of the app.
registerRoute(({ url }) => url.origin === location.origin && url.pathname.startsWith('/assets/'), keepPart)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|hooks|bitrix24|privacidad)\//, /^\/health$/],
  }),
)

const PARTS = 'parts'

async function keepPart({ request }: { request: Request }): Promise<Response> {
  const parts = await caches.open(PARTS)
  const kept = await parts.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await parts.put(request, response.clone())
  return response
}

listenForPushes()

// A new version waits until the page says that nothing is being written (worker/register.ts).
self.addEventListener('message', (event) => {
  const message: unknown = event.data
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING')
    void self.skipWaiting()
})
self.addEventListener('activate', (event) => event.waitUntil(caches.delete(PARTS).then(() => self.clients.claim())))
