/** An operator changes or takes back what was sent. Where the provider cannot, or it is too late, the line is told so. */
import { changeAt, discardFromPortal, isChangeableSoon, type Change } from '../../inbox/index.ts'
import type { Env } from '../../lib/env.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { Refusal } from '../../lib/refusal.ts'
import { databaseOf } from '../../lib/sql.ts'
import { signed, unsigned, whatsappOf } from './bb.rules.ts'
import type { Kept, Said } from './heard.ts'
import * as store from './incoming.store.ts'

/** Then it is too late to wait for, and what comes after it in its chat must go on. */
const CHANGE_TRIES = 4
/** Not on its way to anybody. */
const STILL = new Set(['queued', 'failed', 'unconfirmed'])

export async function changeFromPortal(
  env: Env,
  portalId: string,
  kept: Kept,
  said: Said,
  known: store.KnownChat,
): Promise<void> {
  const db = databaseOf(env)
  const all = await store.targets(db, portalId, said.imMessageId)
  if (all.length === 0) return store.heardOut(db, portalId, kept.key, 'ignored', 'message_unknown')
  // Words are changed where they stand; a message is taken back with every file.
  const targets = said.what === 'delete' ? all : all.filter(({ text }) => text !== null).slice(0, 1)
  const words = said.what === 'delete' ? null : wordsOf(said.text, known)
  let refused: string | null = targets.length === 0 ? 'not_changeable' : null
  for (const target of targets) {
    if (target.isDeleted || (words !== null && target.text === words)) continue
    refused ??= await oneChange(env, { portalId, traceId: kept.traceId, tries: known.tries }, target, words)
  }
  if (refused !== null) {
    const body = { what: said.what === 'delete' ? 'delete_failed' : 'edit_failed', code: refused }
    await wakeJobs(env, await store.says(db, portalId, known.portalChatId, targets[0]?.id ?? null, body, kept.traceId))
  }
  await store.heardOut(db, portalId, kept.key, refused === null ? 'done' : 'refused', refused)
}

function wordsOf(text: string, { signs, author }: store.KnownChat): string {
  if (!signs) return whatsappOf(text)
  const { name, text: words } = unsigned(text)
  return signed(name ?? author.name, whatsappOf(words))
}

/** The code of what keeps it from being done; null: it is done. */
async function oneChange(
  env: Env,
  { portalId, traceId, tries }: { portalId: string; traceId: string; tries: number },
  target: store.PortalTarget,
  words: string | null,
): Promise<string | null> {
  const { channelId, channelKey, objectKey } = target
  const origin = { accountId: target.accountId, channelId, channelKey, objectKey }
  if (words === '') return 'text_missing'
  if (words === null && STILL.has(target.status ?? '')) {
    const isOut = await discardFromPortal(env, origin, target.id, portalId, traceId)
    return isOut ? null : 'not_changeable'
  }
  if (target.status === 'discarded') return null
  const change: Change = words === null ? { op: 'revoke' } : { op: 'edit', text: words }
  try {
    await changeAt(env, target, origin, change, { traceId, portalId })
    return null
  } catch (error) {
    // The operator sees that it was taken before the provider says that it has left.
    const passes = !(error instanceof Refusal) || isChangeableSoon(change.op, target, Date.now())
    if (passes && tries < CHANGE_TRIES) throw error
    return error instanceof Refusal ? error.code : 'provider_unreachable'
  }
}
