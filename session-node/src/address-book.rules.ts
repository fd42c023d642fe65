/** Contacts of the phone's address book, as the library tells them. Total. */
import type { PhonePerson, To } from '#contract/session-node.ts'
import { whoIs } from './translate.rules.ts'
import { fieldsOf, textOf } from './untrusted.rules.ts'

/** A write holds no more. */
const AT_ONCE = 500

/** Those who have a name there and are one person each, in portions for one write. */
export function peopleIn(contacts: readonly unknown[]): PhonePerson[][] {
  const people = contacts.flatMap((each) => {
    const { id, lid, phoneNumber, name } = fieldsOf(each)
    const customer = whoIs(textOf(phoneNumber, 100), textOf(id, 100), textOf(lid, 100))
    const called = textOf(name, 200)?.trim()
    return customer && called ? [{ customer, name: called }] : []
  })
  return Array.from({ length: Math.ceil(people.length / AT_ONCE) }, (_, n) => people.slice(n * AT_ONCE, (n + 1) * AT_ONCE))
}

/** Whose picture is another one now, or gone. */
export function facesIn(contacts: readonly unknown[]): To[] {
  const changed = contacts.filter((each) => ['changed', 'removed'].includes(textOf(fieldsOf(each).imgUrl, 20) ?? ''))
  return changed.flatMap((each) => whoIs(textOf(fieldsOf(each).id, 100)) ?? []).slice(0, AT_ONCE)
}
