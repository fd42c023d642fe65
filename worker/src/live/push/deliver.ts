/**
 * The job of a push: asks the database who hears of it now, leaves out the phones that show it already, and sends it to
 * the others.
 */
import * as z from 'zod'
import { settingsOf, type Env } from '../../lib/env.ts'
import { log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import { deskOf } from '../desk.ts'
import { payloadFor, type About } from './payload.ts'
import * as store from './push.store.ts'
import { sendPush, type PushOutcome, type PushSettings } from './send.ts'
import { urgencyOf } from './urgency.rules.ts'

export const PushRef = z.looseObject({ id: z.string() })

/** `afterS`: when it is worth another look, beyond the job's own pauses. */
export type Pushed = { done: true } | { done: false; again: true; code: string; afterS?: number | undefined }

/** Does the job of one push. Throws when the database is away. `last`: what fails now is not tried again. */
export async function deliverPush(env: Env, accountId: string, ref: z.infer<typeof PushRef>, last: boolean): Promise<Pushed> {
  const { vapid, production, appUrl } = settingsOf(env)
  if (!vapid) return { done: true }
  const db = databaseOf(env)
  const due = await store.pushDue(db, accountId, ref)
  if (due.items.length === 0 || due.kind === null || due.tag === null) return next(due.again, 0, null)
  const about: About = { id: ref.id, kind: due.kind, tag: due.tag, chatId: due.chatId, transferId: due.transferId }
  const left = last || (due.age ?? 0) > urgencyOf(due.kind).ttlS
  const shown = await whoSees(env, accountId, about, due.items)
  const results = await Promise.all(
    due.items.map(async (item): Promise<store.Settled & { retryAfterS: number | null }> => {
      const told = { id: item.id, endpoint: item.endpoint, retryAfterS: null }
      if (shown.sessions.has(item.sessionId)) return { ...told, state: 'live', code: 'shown' }
      if (shown.readers.has(item.personId)) return { ...told, state: 'withheld', code: 'open_elsewhere' }
      return { ...told, ...(await posted(about, item, { vapid, production }, appUrl, left, accountId)) }
    }),
  )
  await store.pushSettle(
    db,
    accountId,
    results.map(({ id, endpoint, state, code }) => ({ id, endpoint, state, code })),
  )
  const waiting = results.filter(({ state }) => state === 'due')
  const retryAfterS = waiting.reduce<number | null>((most, one) => Math.max(most ?? 0, one.retryAfterS ?? 0) || null, null)
  return next(due.again, waiting.length, retryAfterS)
}

function next(again: number | null, waiting: number, retryAfterS: number | null): Pushed {
  if (waiting > 0) return { done: false, again: true, code: 'push_not_taken', ...(retryAfterS && { afterS: retryAfterS }) }
  return again === null ? { done: true } : { done: false, again: true, code: 'push_later', afterS: again }
}

async function posted(
  about: About,
  item: store.PushItem,
  settings: PushSettings,
  appUrl: string,
  isLast: boolean,
  accountId: string,
): Promise<{ state: store.Settled['state']; code: string; retryAfterS: number | null }> {
  const result = await sendPush(item, payloadFor(about, item, appUrl), urgencyOf(about.kind), settings)
  const { outcome, code, retryAfterS } = result
  // Our keys or our claims: nobody's phone is to blame, and somebody who runs this must look.
  if (outcome === 'refused') noteRefused(accountId, item.endpoint, result)
  if (outcome === 'sent' || outcome === 'gone') return { state: outcome, code, retryAfterS }
  return { state: outcome === 'refused' || isLast ? 'failed' : 'due', code, retryAfterS }
}

/** An alert for the operator: which service, and what it said. */
export function noteRefused(accountId: string, endpoint: string, { code }: PushOutcome): void {
  log('error', { event: 'push_refused', account: accountId, code, path: new URL(endpoint).host })
}

/** Phones that have the app on the screen and say so; and people who have this very chat before them on any device. */
async function whoSees(
  env: Env,
  accountId: string,
  about: About,
  items: readonly store.PushItem[],
): Promise<{ sessions: Set<string>; readers: Set<string> }> {
  const people = [...new Set(items.map(({ personId }) => personId))]
  const { sessions, readers } = await deskOf(env, accountId).whoSees(about.id, people, about.chatId)
  return { sessions: new Set(sessions), readers: new Set(readers) }
}
