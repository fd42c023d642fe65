/**
 * What somebody wrote in a portal goes the way of everybody's messages: the same rules, the same line of the chat. What the rules
 * refuse stays in the chat as a message that failed, with its reason: nothing that was typed is lost.
 */
import { isFailureCode, type FailureCode } from '#contract/failures.ts'
import type { Uploaded } from '#contract/media.ts'
import * as z from 'zod'
import { sha256, toHex } from '../lib/bytes.ts'
import type { Env } from '../lib/env.ts'
import { give, unsendable } from './act.ts'
import { refusedEnd, type Author, type HopNote, type Origin, type OutEntry } from './entry.ts'
import { Channel, Chat, Guard } from './send-context.ts'
import { maySend, type SendContext } from './send.rules.ts'

/** What the rules need to know, as db/functions/214_portal_events.sql gives it. */
export const PortalContext = z.object({ accountId: z.string(), chat: Chat, channel: Channel, guard: Guard })
export type PortalContext = z.infer<typeof PortalContext>

export type FromPortal = {
  /** Whose open line it was written in: there it is not shown again. */
  portalId?: string | undefined
  context: PortalContext
  author: Author
  /** Made of the portal's own numbers: the same message again is the same message. */
  messageId: string
  kind: 'text' | 'template' | Uploaded['kind']
  text?: string | undefined
  mediaId?: string | undefined
  extra?: Record<string, unknown> | undefined
  /** What the rules ask of a template. */
  template?: { category: string; limit: SendContext['limit']; params: string[] } | null
  at: string
  traceId: string
  hops: HopNote[]
  /** Known before any rule is asked: its file cannot be had, its writer may not write. */
  refused: FailureCode | null
}

function originOf(accountId: string, { channel, chat }: Pick<PortalContext, 'channel' | 'chat'>): Origin {
  return { accountId, channelId: channel.id, channelKey: channel.key, objectKey: chat.objectKey }
}

/** Gives it to the chat's object; the code of what keeps it from going, null when it goes. Throws when it must be tried again. */
export async function sendFromPortal(env: Env, message: FromPortal): Promise<FailureCode | null> {
  const { context, messageId, traceId } = message
  const origin = originOf(context.accountId, context)
  const code = message.refused ?? refusedBy(message)
  const token = crypto.randomUUID()
  const entry = await entryOf(message, origin, token)
  const answer = await give(env, origin, code === null ? entry : { ...entry, unsent: true }, code === null ? token : null)
  // Its subscription has ended since the rules were asked, or nobody can pay for it: it stays in the chat, and says so.
  if (answer.state === 'refused' && code === null)
    return sendFromPortal(env, { ...message, refused: unsendable(answer.code) ?? 'subscription_ended' })
  if (answer.state === 'dead' || answer.state === 'conflict') throw new Error(`message ${answer.state}`)
  if (code === null) return null
  await give(env, origin, refusedEnd({ messageId, traceId, ...origin }, code), null)
  return code
}

function refusedBy({ kind, text, mediaId, context, template }: FromPortal): FailureCode | null {
  const file = kind === 'text' || kind === 'template' ? null : { kind, state: 'ready', size: null }
  const of = { category: template?.category ?? null, limit: template?.limit ?? null }
  const asked = { quoted: null, forwarded: null, headerFile: null, ...of }
  const filled = template ? { params: template.params } : undefined
  const verdict = maySend({ kind, text, mediaId, template: filled }, { ...context, ...asked, file }, Date.now())
  if (verdict.ok) return null
  return isFailureCode(verdict.code) ? verdict.code : 'message_malformed'
}

async function entryOf(message: FromPortal, { channelId, objectKey }: Origin, token: string): Promise<OutEntry> {
  const { portalId, context, author, messageId, kind, text, mediaId, at, traceId } = message
  return {
    ...{
      op: 'out',
      channelId,
      objectKey,
      chatId: context.chat.id,
      messageId,
      kind,
      text,
      mediaId,
      author,
      token,
      at,
      traceId,
      extra: message.extra,
      ...(portalId === undefined ? {} : { portalId }),
    },
    // Of what it is, not of its words: how we turn them into WhatsApp's may change.
    bodyHash: toHex(await sha256(JSON.stringify([context.chat.id, 'portal', messageId]))).slice(0, 40),
    hops: [...message.hops, { at: new Date().toISOString(), level: 'info', place: 'chat', what: 'stored' }],
  }
}

/** An operator takes back what has not left yet: it leaves the line, and stays in the chat as discarded. */
export async function discardFromPortal(
  env: Env,
  origin: Origin,
  messageId: string,
  portalId: string,
  traceId: string,
): Promise<boolean> {
  const at = new Date().toISOString()
  const hops: HopNote[] = [{ at, level: 'info', place: 'bitrix24', what: 'operator_deleted' }]
  const { channelId, objectKey } = origin
  const token = crypto.randomUUID()
  const answer = await give(
    env,
    origin,
    { op: 'discard', messageId, token, by: '', channelId, objectKey, traceId, at, hops, portalId },
    null,
  )
  return answer.state === 'written' || answer.state === 'pending'
}
