/** When to offer notifications: patient-offer.ts says to whom, and here is who can still be asked. */
import { createSignal, type Accessor } from 'solid-js'
import { whenAnswered } from './answered.ts'
import { patientOffer } from './patient-offer.ts'

const offer = patientOffer('notice-invitation', 14 * 24 * 3_600_000)

export const postponeInvitation = offer.postpone

/** Whether to offer notifications now: the person has just answered somebody, and nobody has asked them yet. */
export function createInvitation(): Accessor<boolean> {
  const [isInvited, setIsInvited] = createSignal(false)
  offer.countVisit()
  whenAnswered(() => {
    // Where nobody can be asked (an iPhone in its browser has no Notification), the screen explains what to do.
    const wasAsked = 'Notification' in globalThis && Notification.permission !== 'default'
    if (!wasAsked && offer.isTime(Date.now(), true)) setIsInvited(true)
  })
  return isInvited
}
