/** What was read of a portal's employees is written down, and whoever was dismissed is out: phones and sockets hear of it. */
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import type { Called, Wanted } from './call-queue.ts'
import { readPeople } from './employees-read.ts'
import * as store from './portals.store.ts'

export type PeopleNews = { ok: true; added: number; dismissed: number } | Extract<Called, { ok: false }>

const NO_PORTAL: PeopleNews = { ok: false, kind: 'missing', code: 'portal_unknown', text: '', againAt: null }

const Shaped = z.array(z.looseObject({ id: z.string() }))

export async function keepPeople(
  env: Env,
  portalId: string | null,
  call: (wanted: Wanted) => Promise<Called>,
): Promise<PeopleNews> {
  if (portalId === null) return NO_PORTAL
  const reading = await readPeople(call)
  const db = databaseOf(env)
  if (!reading.ok) {
    await store.peopleUnread(db, portalId, reading.code)
    return reading
  }
  const kept = await store.peopleRead(db, portalId, reading.read)
  if (!kept) return NO_PORTAL
  const { accountId, added, dismissed, chats, facts } = kept
  if (dismissed > 0) await tellMoved(env, accountId, chats, facts)
  return { ok: true, added, dismissed }
}

/** Somebody's rights have changed or ended, and their chats may have gone back to the queue. */
export async function tellMoved(env: Env, accountId: string, chats: unknown, facts: unknown): Promise<void> {
  const desk = deskOf(env, accountId)
  await desk.rightsChanged()
  const rows = Shaped.parse(chats)
  if (rows.length > 0) await desk.tell(changeEvents({ chats: rows, facts: Facts.parse(facts) }))
}
