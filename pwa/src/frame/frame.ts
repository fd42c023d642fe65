/**
 * Comes before the app where the page stands in a portal's frame (worker/src/bitrix24/install.ts), and nowhere else. The session there
 * is a bearer of this page alone: a frame's cookies are a third party's, and browsers keep them out.
 */
import { requestWith } from './request.ts'
import { standInForStores } from './stores.ts'

/** `card`: what opens the card of the CRM that the frame is a tab of. */
type Given = { token: string; ticket: string; over: string; card: string | null }

function given(): Given | null {
  const block = document.getElementById('frame')
  block?.remove()
  return block ? JSON.parse(block.textContent ?? '') : null
}

const isOurs = (address: string | URL): boolean => {
  const url = new URL(address, location.href)
  return url.origin === location.origin && url.pathname.startsWith('/api/')
}

/** The session is over: here it is begun again only by the portal. */
function tellOver(sentence: string): void {
  const words = document.createElement('p')
  words.setAttribute('role', 'alert')
  words.style.cssText = 'max-width:34rem;margin:20vh auto;padding:0 1.25rem'
  words.textContent = sentence
  document.body.replaceChildren(words)
}

function carryBearer({ token, over }: Given): void {
  const bearer = `Bearer ${token}`
  const plainFetch = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (!isOurs(request.url)) return plainFetch(request)
    request.headers.set('authorization', bearer)
    const response = await plainFetch(request)
    if (response.status === 401) tellOver(over)
    return response
  }
  window.XMLHttpRequest = requestWith(bearer, isOurs)
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL) {
      super(url, ['bearer', token])
    }
  }
}

const frame = given()
if (frame) {
  // The portal's form was posted to an address of its own; the app begins where it always does.
  history.replaceState(null, '', '/chats')
  // Pictures and sounds travel without headers: their addresses say whose page it is.
  document.documentElement.dataset['ticket'] = `?t=${encodeURIComponent(frame.ticket)}`
  if (frame.card) document.documentElement.dataset['card'] = frame.card
  standInForStores()
  carryBearer(frame)
  // What a service worker fetches by itself would go without the bearer.
  if ('serviceWorker' in navigator)
    navigator.serviceWorker.register = () => Promise.reject(new Error('no service worker in a frame'))
}
