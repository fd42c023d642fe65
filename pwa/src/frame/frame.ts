/**
 * Comes before the app where the page stands in a portal's frame (worker/src/bitrix24/install.ts), and nowhere else. The session there
 * is a bearer of this page alone: a frame's cookies are a third party's, and browsers keep them out.
 */
import { offerExit, type ExitWords } from './exit.ts'
import { requestWith } from './request.ts'
import { standInForStores } from './stores.ts'

/** `card`: what opens the card of the CRM that the frame is a tab of; `line`: the open line that it is about; `go`: where a link led. */
type Given = {
  token: string
  ticket: string
  over: string
  card: string | null
  line: string | null
  go: string | null
  exit: ExitWords
  again: string
}
/** A page that is loaded again is given only what to say when nothing is left of it. */
type Block = Given | { over: string }

const KEPT = 'frame'

function block(): Block | null {
  const element = document.getElementById('frame')
  element?.remove()
  return element ? JSON.parse(element.textContent ?? '') : null
}

/** What the page was given when it was opened: it is in the tab's own history, which a frame has even where it has no store. */
function keptOf(): Given | null {
  const state: unknown = history.state
  const kept = typeof state === 'object' && state !== null && KEPT in state ? state[KEPT] : null
  return typeof kept === 'string' ? JSON.parse(kept) : null
}

/** Every address of this page says in whose frame it stands, and keeps what it was given: loaded again it is the same page. */
function sayWhere(given: Given): void {
  const kept = JSON.stringify(given)
  const marked = (address: string | URL | null | undefined) => {
    if (address === null || address === undefined) return address
    const url = new URL(address, location.href)
    url.searchParams.set('f', given.again)
    return url.href
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const plain = history[name].bind(history)
    history[name] = (state, unused, address) => plain({ ...state, [KEPT]: kept }, unused, marked(address))
  }
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

const found = block()
const isNew = found !== null && 'token' in found
const frame = isNew ? found : found && keptOf()
if (frame) {
  sayWhere(frame)
  // The portal's form was posted to an address of its own; the app begins where it always does.
  if (isNew) history.replaceState(null, '', frame.go ?? '/chats')
  // Pictures and sounds travel without headers: their addresses say whose page it is.
  document.documentElement.dataset['ticket'] = `?t=${encodeURIComponent(frame.ticket)}`
  if (frame.card) document.documentElement.dataset['card'] = frame.card
  if (frame.line) document.documentElement.dataset['line'] = frame.line
  standInForStores()
  carryBearer(frame)
  offerExit(frame.exit, frame.token)
  // What a service worker fetches by itself would go without the bearer.
  if ('serviceWorker' in navigator)
    navigator.serviceWorker.register = () => Promise.reject(new Error('no service worker in a frame'))
} else if (found) {
  // Nobody is signed in here: the app would only ask for a password that nobody has.
  addEventListener('DOMContentLoaded', () => tellOver(found.over), { once: true })
}
