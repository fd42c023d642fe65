/**
 * Looks through the conversations that go on, for what no event told us: while we or the portal were not there, or because one was lost
 * on its way. What is young goes as if it had been told, in its place; what is older is said to whoever wrote it.
 */
import { scaled, type Env } from '../../lib/env.ts'
import { newTraceId } from '../../lib/ids.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { databaseOf } from '../../lib/sql.ts'
import { tellRules } from '../../inbox/index.ts'
import type { NewEvent } from '../portal-store.ts'
import { batchesOf, batchMeanings } from '../rest/batch.ts'
import { entryFor } from './entries.ts'
import type { Portal } from './hear.ts'
import { standingOf, unconfirmedIn, type Unconfirmed } from './history.ts'
import * as store from './sweep.store.ts'

/** Two questions for each, in one request. */
const CHATS = 25
/** Its event may still be on its way. */
const SETTLE_MS = 20_000
/** What is older was an answer to something else by now. */
const YOUNG_MS = 600_000

/** Gives what was found, and whether there is a conversation to look through again. */
export async function sweep(
  env: Env,
  portal: Pick<Portal, 'portalId' | 'call'>,
  now: number,
): Promise<{ found: NewEvent[]; goesOn: boolean }> {
  const db = databaseOf(env)
  const chats = await store.active(db, portal.portalId, CHATS)
  if (chats.length === 0) return { found: [], goesOn: false }
  const commands = chats.flatMap(({ imChatId }) => [
    { method: 'imopenlines.session.history.get', params: { CHAT_ID: imChatId } },
    { method: 'imopenlines.dialog.get', params: { CHAT_ID: imChatId } },
  ])
  const results: unknown[] = []
  for (const batch of batchesOf(commands)) {
    const called = await portal.call({ method: 'batch', params: batch, priority: 'sync', isRepeatable: true })
    if (!called.ok) return { found: [], goesOn: true }
    results.push(called.result)
  }
  const answers = batchMeanings(commands.length, results)
  const found: NewEvent[] = []
  for (const [n, chat] of chats.entries()) {
    const [history, dialog] = [answers[2 * n], answers[2 * n + 1]]
    if (!history || !dialog || history.problem || dialog.problem) continue
    const { owner, isSilent } = standingOf(dialog.result)
    if (owner !== null) await given(env, portal.portalId, chat, owner)
    // What is written in silence is for colleagues, and nothing tells it from the rest.
    if (isSilent) continue
    found.push(...(await unheard(env, portal.portalId, chat, unconfirmedIn(history.result), now)))
  }
  return { found, goesOn: true }
}

async function given(env: Env, portalId: string, { portalChatId, accountId }: store.ActiveChat, owner: string): Promise<void> {
  const changed = await store.given(databaseOf(env), portalId, portalChatId, owner)
  if (changed !== null) await tellRules(env, accountId, changed)
}

async function unheard(
  env: Env,
  portalId: string,
  chat: store.ActiveChat,
  written: readonly Unconfirmed[],
  now: number,
): Promise<NewEvent[]> {
  const settled = written.filter(({ at }) => now - at > scaled(env, SETTLE_MS))
  if (settled.length === 0) return []
  const db = databaseOf(env)
  const ids = new Set(
    await store.unheard(
      db,
      portalId,
      settled.map(({ imMessageId }) => imMessageId),
    ),
  )
  const found: NewEvent[] = []
  for (const one of settled) {
    if (!ids.has(one.imMessageId)) continue
    const { connector, line, imChatId, external, portalChatId } = chat
    const said = { ...one, what: 'add' as const, connector, line, imChatId, external, files: [] }
    const traceId = newTraceId()
    const entry = entryFor('SWEEP', said, one.at, traceId)
    if (now - one.at <= YOUNG_MS && !one.hasFiles) found.push(entry)
    else {
      const missed = { ...said, key: entry.key, at: new Date(one.at).toISOString(), portalChatId, traceId }
      await wakeJobs(env, await store.missed(db, portalId, missed))
    }
  }
  return found
}
