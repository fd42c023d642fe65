/** The job that brings names out of a phone's address book into the company's own client database. */
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { addRemote, changeRemote, findRemote, type Source } from './client-remote.ts'
import { sourceOf } from './client-source.ts'
import { phoneContactSettled, phoneContactsDue } from './phone-contacts.store.ts'

const AT_ONCE = 20
/** Where in the client database somebody's name stands, by our name of it. */
const NAME = 'titular'

type Outcome = { done: true } | { done: false; again: boolean; code: string }
type Settled = { state: 'added' | 'changed' | 'same' | 'conflict' | 'failed'; code: string | null }
type Due = { phone: string; name: string; document: string | null }

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase()

/** One client: added, named, or left as they have them. Null: they do not answer just now. */
async function settle(source: Source, { phone, name, document }: Due): Promise<Settled | null> {
  const found = await findRemote(source, phone, document)
  if (!found.ok) return found.failure === 'unreachable' ? null : { state: 'failed', code: found.failure }
  const theirs = found.client?.texts[NAME] ?? ''
  if (found.client && theirs !== '')
    return plain(theirs) === plain(name) ? { state: 'same', code: null } : { state: 'conflict', code: null }
  if (!source.settings.fields.some(({ key, editable }) => key === NAME && editable))
    return { state: 'failed', code: 'field_not_editable' }
  // Looked for once more after a lost answer: nobody is added twice.
  const written = found.client
    ? await changeRemote(source, found.client.clientId, found.client.version, { [NAME]: name })
    : await addRemote(source, phone, { [NAME]: name })
  if (!written.ok) return written.failure === 'unreachable' ? null : { state: 'failed', code: written.failure }
  if ('conflict' in written && written.conflict) return { state: 'conflict', code: null }
  return { state: found.client ? 'changed' : 'added', code: null }
}

/** Everything that is due of a company. What does not answer is tried again later; what is done is not done again. */
export async function sendPhoneContacts(env: Env, accountId: string, last: boolean): Promise<Outcome> {
  const db = databaseOf(env)
  for (;;) {
    const { source: inner, country, items } = await phoneContactsDue(db, accountId, AT_ONCE)
    if (items.length === 0) return { done: true }
    const source = inner && (await sourceOf(env, country, inner))
    for (const item of items) {
      const settled = source ? await settle(source, item) : ({ state: 'failed', code: 'not_connected' } as const)
      if (settled === null && !last) return { done: false, again: true, code: 'clients_unreachable' }
      const { state, code } = settled ?? { state: 'failed', code: 'unreachable' }
      await phoneContactSettled(db, accountId, item.id, state, code)
    }
  }
}
