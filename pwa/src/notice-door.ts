/** A tap on a notification leads into the app: to the chat, with the inbox under it for the way back. */
import { useLocation, useNavigate } from '@solidjs/router'
import { onCleanup, onMount } from 'solid-js'

/** For the frame of the app: hears the service worker, and looks at the address that the app was opened with. */
export function createNoticeDoor(): void {
  const navigate = useNavigate()
  const location = useLocation()

  function enter(url: string, replace: boolean): void {
    if (url.startsWith('/chats/')) {
      navigate('/chats', { replace })
      navigate(url)
    } else navigate(url, { replace })
  }

  onMount(() => {
    const query = new URLSearchParams(location.search)
    if (query.get('from') !== 'notice') return
    query.delete('from')
    const rest = query.toString()
    enter(rest ? `${location.pathname}?${rest}` : location.pathname, true)
  })

  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  const listen = ({ data }: MessageEvent) => {
    const message: unknown = data
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'open') return
    // In a chat already: the inbox is under it.
    if ('url' in message && typeof message.url === 'string') enter(message.url, location.pathname.startsWith('/chats'))
  }
  worker?.addEventListener('message', listen)
  onCleanup(() => worker?.removeEventListener('message', listen))
}
