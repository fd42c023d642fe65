/** Who a message is from: phones, business-scoped user ids and names (reference/meta-cloud-api.md §4). */
import type { Identities } from '#contract/channel-event.ts'
import { fieldsOf, idOf, listOf, nameOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

/** Digits with country code. A BSUID never passes: it must not be taken for a phone. */
export function phoneOf(value: unknown): string | undefined {
  const written = idOf(value, 40)
  if (written === undefined || !/^\+?[\d\s()-]+$/.test(written)) return undefined
  const digits = written.replace(/\D/g, '')
  return digits.length >= 5 && digits.length <= 20 ? digits : undefined
}

/** `PE.1A2b…`, exactly as it came. */
export function bsuidOf(value: unknown): string | undefined {
  const written = idOf(value)
  return written !== undefined && BSUID.test(written) ? written : undefined
}

/** What somebody is known by; undefined when nothing usable is there. */
export function identitiesOf(phone: unknown, bsuid: unknown): Identities | undefined {
  const identities: Identities = {}
  const digits = phoneOf(phone)
  const id = bsuidOf(bsuid) ?? bsuidOf(phone)
  if (digits !== undefined) identities.phone = digits
  if (id !== undefined) identities.bsuid = id
  return digits === undefined && id === undefined ? undefined : identities
}

export type Sender = {
  customer: Identities
  profileName?: string | undefined
  username?: string | undefined
}

/** `contacts[]` of one webhook value, ready to look people up: many messages may share one list. */
export type People = { byId: ReadonlyMap<string, Fields>; lone: Fields | undefined }

/** Reads `contacts[]`: by user id, by phone, and the only one where there is just one. */
export function peopleIn(contacts: unknown): People {
  const people = listOf(contacts).map(fieldsOf)
  const byId = new Map<string, Fields>()
  for (const person of people) {
    for (const id of [bsuidOf(person.user_id), phoneOf(person.wa_id)]) if (id !== undefined) byId.set(id, person)
  }
  return { byId, lone: people.length === 1 ? people[0] : undefined }
}

/**
 * The sender of a message, with what `contacts[]` tells about him. Matched by user id, then by phone; else a lone
 * contact gives its name: its phone may be written otherwise (Brazil's ninth digit), so it lends no identity.
 */
export function senderOf(message: Fields, { byId, lone }: People): Sender | undefined {
  const own = identitiesOf(message.from, message.from_user_id)
  const match = byId.get(own?.bsuid ?? '') ?? byId.get(own?.phone ?? '')
  const known = own ? match : lone
  const customer = known ? { ...identitiesOf(known.wa_id, known.user_id), ...own } : own
  if (!customer || (customer.phone === undefined && customer.bsuid === undefined)) return undefined
  const profile = fieldsOf((match ?? lone)?.profile)
  return { customer, profileName: nameOf(profile.name), username: nameOf(profile.username) }
}
