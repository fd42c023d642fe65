/** When to offer the app for the home screen. */
import { createSignal, type Accessor } from 'solid-js'
import { whenAnswered } from '../answered.ts'
import { isApple, isInstalled } from '../live/push-device.ts'
import { patientOffer } from '../patient-offer.ts'
import { canInstall, keepStore } from './install-event.ts'

const offer = patientOffer('install-offer', 28 * 24 * 3_600_000)

export const postponeInstall = (): void => offer.postpone(Date.now())

/** How this device installs: the browser's dialog, three steps by hand, or not at all. */
export function wayToInstall(): 'dialog' | 'steps' | null {
  if (isInstalled()) return null
  return canInstall() ? 'dialog' : isApple() ? 'steps' : null
}

/** The way, once it is time to offer it: the person has just answered somebody and is not here for the first time. */
export function createInstallOffer(): Accessor<'dialog' | 'steps' | null> {
  const [isTime, setIsTime] = createSignal(false)
  offer.countVisit()
  if (isInstalled()) keepStore()
  whenAnswered(() => setIsTime(offer.isTime(Date.now(), true)))
  return () => (isTime() ? wayToInstall() : null)
}
