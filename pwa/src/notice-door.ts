/** A tap on a notification leads into the app: to the chat, with the inbox under it for the way back. */
import { useLocation, useNavigate } from '@solidjs/router'
import { onCleanup, onMount } from 'solid-js'

/** For the frame of the app: hears the service worker, and looks at the address that the app was opened with. */
export function createNoticeDoor(): void {
  const navigate = useNavigate()
  const location = useLocation()

  function enter(url: string, replace: boolean): void {
    if (`${location.pathname}${location.search}` === url) return
    if (!url.startsWith('/chats/')) return navigate(url, { replace })
    // Past the router, which makes one step of two that are taken at once.
    if (replace) history.replaceState(null, '', '/chats')
    else history.pushState(null, '', '/chats')
    navigate(url)
  }

  onMount(() => {
    const query = new URLSearchParams(location.search)
    if (query.get('from') !== 'notice') return
    query.delete('from')
    const rest = query.toString()
    // The chat is drawn already; only what lies under it in the history is missing.
    enter(rest ? `${location.pathname}?${rest}` : location.pathname, true)
  })

  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  const listen = ({ data, ports }: MessageEvent) => {
    const message: unknown = data
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'open') return
    if (!('url' in message) || typeof message.url !== 'string') return
    ports[0]?.postMessage('heard')
    // In a chat already: the inbox is under it.
    enter(message.url, location.pathname.startsWith('/chats'))
  }
  worker?.addEventListener('message', listen)
  onCleanup(() => worker?.removeEventListener('message', listen))
}
