/** `billing-event` (reference/gupshup.md §6.3): whether a message costs something, in both formats. */
import type { StatusEvent } from '#contract/channel-event.ts'
import { identitiesOf } from '../cloud-format/people.ts'
import { pricingOf } from '../cloud-format/statuses.ts'
import { fieldsOf, idOf, type Fields } from '../../lib/untrusted.ts'

/** What is billed has left: a status with a price. Undefined where it names no message, or says nothing of it. */
export function billEvent(payload: Fields, at: number): StatusEvent | undefined {
  const [deductions, references] = [fieldsOf(payload.deductions), fieldsOf(payload.references)]
  const id = idOf(references.id)
  const providerId = idOf(references.gsId) ?? id
  const pricing = pricingOf(deductions)
  if (providerId === undefined || !pricing) return undefined
  const customer = identitiesOf(references.destination, undefined)
  return {
    ...{ type: 'status', at, providerId, status: 'sent', isBill: true },
    pricing: deductions.billable === false ? { ...pricing, type: 'not_billable' } : pricing,
    ...(id !== undefined && id !== providerId && { alias: id }),
    ...(customer && { customer }),
  }
}
