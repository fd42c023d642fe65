import type * as inbox from '#contract/inbox.ts'
import type { ParsedOf } from '#contract/endpoint.ts'
import type { Permission } from '#contract/permissions.ts'
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import type { RawJson } from '../http/serve.ts'
import { callKnown, type Caller } from '../identity/index.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { cleanText } from '../lib/clean-text.ts'
import { Refusal } from '../lib/refusal.ts'
import { answerOf, give } from './act.ts'
import type { Origin, OutEntry } from './entry.ts'
import { Channel, Chat, Guard } from './send-context.ts'
import { maySend, type SendContext, type SendRequest } from './send.rules.ts'
import type { Target } from './target.ts'
import { templateMessage } from './template-message.ts'

const Context = z.object({
  chat: Chat,
  category: z.nullable(z.string()),
  limit: z.nullable(z.object({ used: z.number(), max: z.number() })),
  channel: Channel,
  guard: Guard,
  quoted: z.nullable(z.object({ id: z.string() })),
  forwarded: z.nullable(z.object({ direction: z.string(), mediaId: z.nullable(z.string()) })),
  file: z.nullable(z.object({ kind: z.string(), state: z.string(), size: z.nullable(z.number()) })),
  headerFile: z.nullable(z.object({ state: z.string() })),
})

const NoteContext = Context.extend({ mentions: z.array(z.object({ id: z.string(), name: z.string() })) })

type Written = Pick<OutEntry, 'op' | 'messageId' | 'kind' | 'text' | 'mediaId' | 'extra' | 'replyTo' | 'mentions'>

async function contextOf(
  c: Request,
  may: Permission,
  input: object,
): Promise<{ caller: Caller; context: SendContext & z.infer<typeof Context> }> {
  const { caller, result } = await callKnown(c, may, 'api_send_context', input)
  return { caller, context: Context.parse(JSON.parse(result)) }
}

/** The same id with another body is another message: refused. The hash says what "the same body" is. */
async function bodyHash(chatId: string, written: Written): Promise<string> {
  const { op, kind, text, mediaId, extra, replyTo } = written
  return toHex(
    await sha256(JSON.stringify([chatId, op, kind, text ?? null, mediaId ?? null, extra ?? null, replyTo ?? null])),
  ).slice(0, 40)
}

async function write(c: Request, caller: Caller, context: z.infer<typeof Context>, written: Written): Promise<RawJson> {
  const at = new Date().toISOString()
  const note = written.op === 'note'
  const origin: Origin = {
    accountId: caller.account.id,
    channelId: context.channel.id,
    channelKey: context.channel.key,
    objectKey: context.chat.objectKey,
  }
  const author = {
    kind: caller.kind === 'key' ? ('api' as const) : ('person' as const),
    id: caller.person.id,
    name: caller.person.name,
  }
  const token = crypto.randomUUID()
  const answer = await give(
    c.env,
    origin,
    {
      ...written,
      channelId: origin.channelId,
      objectKey: origin.objectKey,
      chatId: context.chat.id,
      author,
      token,
      bodyHash: await bodyHash(context.chat.id, written),
      at,
      traceId: c.var.traceId,
      tell: true,
      hops: [
        { at, level: 'info', place: 'person', what: note ? 'note_written' : 'written', data: { person: caller.person.name } },
        { at, level: 'info', place: 'chat', what: 'stored' },
      ],
    },
    note ? null : token,
  )
  return answerOf(caller, answer, () => ({
    id: written.messageId,
    chatId: context.chat.id,
    direction: note ? 'note' : 'out',
    kind: written.kind,
    text: written.text ?? null,
    media: null,
    status: note ? null : 'queued',
    error: null,
    author,
    at,
    replyTo: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    labels: [],
    extra: written.extra ?? null,
    // Older than any row: whatever PostgreSQL says later replaces it.
    rev: 0,
  }))
}

const Sent = z.enum(['text', 'image', 'document', 'audio', 'voice', 'video', 'sticker'])

/** A message that our rules kept from going once: sent again by a person, it is asked for again. */
export async function judgeAgain(c: Request, { chatId, kind, text, mediaId }: Target): Promise<void> {
  const asked = { kind: Sent.parse(kind), text: text ?? undefined, mediaId: mediaId ?? undefined }
  const { context } = await contextOf(c, 'messages.resend', { chatId, ...asked })
  const verdict = maySend(asked, context, Date.now())
  if (!verdict.ok) throw new Refusal(verdict.code, verdict.details)
}

/** More than the longest text that is allowed: what is too long is refused, not cut. */
const CLEAN_MAX = 100_000

/** Sends a message: the rules first, then the chat's object, which owns it from there on. */
export async function sendMessage(
  c: Request,
  asked: Omit<ParsedOf<typeof inbox.sendMessage>, 'chatId'> & { chatId: string },
): Promise<RawJson> {
  const input = { ...asked, ...cleaned(asked) }
  const { caller, context } = await contextOf(c, 'messages.send', input)
  const request: SendRequest = input
  const judge = (category: string | null) => {
    const verdict = maySend(request, { ...context, category }, Date.now())
    if (!verdict.ok) throw new Refusal(verdict.code, verdict.details)
  }
  judge(context.category)
  const content =
    input.kind === 'template' && input.template
      ? await templateMessage(c, context.chat.id, input.template, judge)
      : { ...contentOf(input), ...extraOf(input) }
  return write(c, caller, context, { op: 'out', messageId: input.id, kind: input.kind, ...content, replyTo: input.replyTo })
}

type Asked = Omit<ParsedOf<typeof inbox.sendMessage>, 'chatId'>

const clean = (words: string | undefined, max: number) => words && cleanText(words, max).trim()

/** What people will read, without what only machines do. */
function cleaned({ text, location, contacts }: Asked): Pick<Asked, 'text' | 'location' | 'contacts'> {
  return {
    text: clean(text, CLEAN_MAX),
    location: location && { ...location, name: clean(location.name, 200), address: clean(location.address, 300) },
    contacts: contacts?.map((one) => ({ ...one, name: clean(one.name, 120) || (one.phones[0] ?? ''), org: clean(one.org, 120) })),
  }
}

/** A sticker, a place and people have no words beside them. */
function contentOf({ kind, text, mediaId }: Asked): Pick<Written, 'text' | 'mediaId'> {
  if (kind === 'location' || kind === 'contacts') return {}
  return { text: kind === 'sticker' ? undefined : text || undefined, mediaId: kind === 'text' ? undefined : mediaId }
}

function extraOf({ kind, location, contacts, forwardOf }: Asked): Pick<Written, 'extra'> {
  const extra = {
    ...(kind === 'location' && location ? { location } : {}),
    ...(kind === 'contacts' && contacts ? { contacts } : {}),
    ...(forwardOf ? { forwarded: true } : {}),
  }
  return Object.keys(extra).length > 0 ? { extra } : {}
}

const NOTE_MAX = 4_096

/** Writes a private note: it goes the way of every message, except out. */
export async function addNote(c: Request, input: ParsedOf<typeof inbox.addNote>): Promise<RawJson> {
  const text = cleanText(input.text, CLEAN_MAX).trim()
  if (text === '') throw new Refusal('text_missing')
  if ([...text].length > NOTE_MAX) throw new Refusal('text_too_long', { max: NOTE_MAX })
  const named = [...new Set(input.mentions)]
  const { caller, result } = await callKnown(c, 'notes.write', 'api_note_context', { chatId: input.chatId, mentions: named })
  const context = NoteContext.parse(JSON.parse(result))
  if (context.mentions.length < named.length) throw new Refusal('mention_unseen')
  const mentions = named.length > 0 ? { mentions: named, extra: { mentions: context.mentions } } : {}
  return write(c, caller, context, { op: 'note', messageId: input.id, kind: 'text', text, ...mentions })
}
