/** The browser's own offer to install, kept until it is a good moment: it comes once, early, and is not given twice. */
import { createSignal } from 'solid-js'

type InstallEvent = Event & { prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }> }

const isOffer = (event: Event): event is InstallEvent => 'prompt' in event

const [offered, setOffered] = createSignal<InstallEvent | null>(null)

/** Whether this browser can be asked to install the app. */
export const canInstall = () => offered() !== null

export function keepInstallEvent(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    // Or the browser shows its own bar, first thing.
    event.preventDefault()
    if (isOffer(event)) setOffered(event)
  })
  window.addEventListener('appinstalled', () => {
    setOffered(null)
    keepStore()
  })
}

/** Shows the browser's dialog; call it from a tap. True when the person said yes. */
export async function install(): Promise<boolean> {
  const event = offered()
  setOffered(null)
  return (await event?.prompt())?.outcome === 'accepted'
}

/** An installed app's store is not the first that a full phone empties. */
export function keepStore(): void {
  void navigator.storage?.persist?.().catch(() => false)
}
