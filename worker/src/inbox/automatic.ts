/**
 * Texts that a number sends by itself. The database has decided that one is due (db/functions/165_automatic.sql) and
 * keeps it as a job, whose id is also the message's: done twice, it is the same message. It goes the way of every message.
 */
import { automaticText, AUTOMATIC_RULES } from '#contract/automatic.ts'
import { attentionAt } from '#contract/hours.ts'
import { NOTICE_ADDRESS } from '#contract/privacy-text.ts'
import * as z from 'zod'
import type { ChannelNow } from '../channels/index.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { settingsOf, type Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { give } from './act.ts'
import * as store from './automatic.store.ts'
import type { OutEntry } from './entry.ts'
import { maySend } from './send.rules.ts'

/** The closed time that an instant falls into, as it travels with a customer's message; null while the number is open. */
export function closedAt({ hours }: ChannelNow, at: number): { since: string | null; until: string | null } | null {
  if (!hours) return null
  const { isOpen, since, until } = attentionAt(hours, at)
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return isOpen ? null : { since: iso(since), until: iso(until) }
}

export const AutomaticRef = z.looseObject({
  id: z.string(),
  rule: z.enum([...AUTOMATIC_RULES, 'opted_out', 'opted_in', 'privacy']),
  /** The version of the privacy notice that goes with it. */
  privacy: z.optional(z.number()),
  chatId: z.string(),
  traceId: z.nullable(z.string()),
})
type AutomaticRef = z.infer<typeof AutomaticRef>

/** Does the job of one automatic text: sends it, or notes why it is not sent. Throws when it must be tried again. */
export async function sendAutomatic(env: Env, accountId: string, ref: AutomaticRef): Promise<void> {
  const db = databaseOf(env)
  const context = await store.automaticContext(db, accountId, ref)
  if (!context) return
  const words = context.words ?? ''
  const address = context.notice === null ? null : noticeAddress(settingsOf(env).appUrl, context.notice)
  const text = automaticText(words, { ...context.values, [NOTICE_ADDRESS]: address })
  // The page of the company's own notice is no link of the kind that a number may forbid.
  const judged = automaticText(words, { ...context.values, [NOTICE_ADDRESS]: address && 'aviso de privacidad' })
  const why = context.skip ?? refusedBecause(judged, context)
  if (why !== null) return store.automaticSkipped(db, accountId, ref, why)
  const { channel, chat } = context
  const token = crypto.randomUUID()
  const origin = { accountId, channelId: channel.id, channelKey: channel.key, objectKey: chat.objectKey }
  const answer = await give(env, origin, await entryFor(ref, { ...origin, chatId: chat.id, token, text }), token)
  if (answer.state === 'refused') await store.automaticSkipped(db, accountId, ref, skippedBy(answer.code))
}

/** The log's word for what only its writing could tell. */
const skippedBy = (code: string | undefined): string =>
  code === 'subscription_ended' ? 'automatic_subscription' : 'automatic_balance'

/** Where anybody reads a company's privacy notice. */
const noticeAddress = (appUrl: string, key: string): string => `${appUrl}/privacidad/${key}`

/** The rules of everybody's messages, and the log's word for the one that says no. */
function refusedBecause(text: string, context: store.AutomaticContext): string | null {
  const verdict = maySend(
    { kind: 'text', text },
    { ...context, quoted: null, forwarded: null, file: null, headerFile: null, category: null, limit: null, guard: null },
    Date.now(),
  )
  if (verdict.ok) return null
  if (verdict.code === 'subscription_ended') return 'automatic_subscription'
  return verdict.code === 'window_closed' ? 'automatic_window' : 'automatic_policy'
}

async function entryFor(
  ref: AutomaticRef,
  {
    channelId,
    objectKey,
    chatId,
    token,
    text,
  }: { channelId: string; objectKey: string; chatId: string; token: string; text: string },
): Promise<OutEntry> {
  const at = new Date().toISOString()
  return {
    ...{ op: 'out', kind: 'text', messageId: ref.id, channelId, objectKey, chatId, token, text, at },
    traceId: ref.traceId ?? ref.id,
    author: { kind: 'system', id: null, name: null },
    extra: { automatic: ref.rule, ...(ref.privacy === undefined ? {} : { privacy: ref.privacy }) },
    // Of what it is for, not of its words: they may have been edited since it was sent.
    bodyHash: toHex(await sha256(JSON.stringify([chatId, 'automatic', ref.id]))).slice(0, 40),
    hops: [
      { at, level: 'info', place: 'chat', what: `automatic_${ref.rule}` },
      ...(ref.privacy === undefined
        ? []
        : [{ at, level: 'info' as const, place: 'chat' as const, what: 'privacy_sent', data: { version: ref.privacy } }]),
      { at, level: 'info', place: 'chat', what: 'stored' },
    ],
  }
}
