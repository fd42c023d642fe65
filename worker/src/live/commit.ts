/**
 * Group commit: what the Chat objects of an account have logged is written in as few round trips as load allows. While
 * one batch is on its way, the next one gathers; nobody waits for a timer. Measured in reference/platform.md §3.
 */
import type { LiveEvent } from '#contract/live.ts'
import * as z from 'zod'
import { DatabaseProblem, type Database } from '../lib/sql.ts'
import type { About, Told } from './sight.rules.ts'

/** What became of one entry, told to the Chat object that wrote it. Plain values: it crosses between objects. */
export type CommitResult = {
  chatId?: string | undefined
  messageId?: string | undefined
  /** The object that writes the chat. */
  objectKey?: string | undefined
  inserted?: boolean | undefined
  conflict?: boolean | undefined
  refused?: boolean | undefined
  /** Why it is refused, where there is more than one reason. */
  code?: string | undefined
  /** The number sends nothing just now. */
  held?: boolean | undefined
  /** JSON text of what is needed to send the message. */
  dispatch?: string | undefined
  /** JSON text of the message or chat as the contract shapes it: only where the entry asked with `tell`. */
  told?: string | undefined
  /** The database refuses this entry for good; it is a dead letter now. */
  dead?: string | undefined
}

const Result = z.looseObject({
  chatId: z.nullish(z.string()),
  messageId: z.nullish(z.string()),
  objectKey: z.nullish(z.string()),
  inserted: z.nullish(z.boolean()),
  conflict: z.nullish(z.boolean()),
  code: z.nullish(z.string()),
  refused: z.nullish(z.boolean()),
  held: z.nullish(z.boolean()),
  dispatch: z.nullish(z.string()),
  tell: z.nullish(z.string()),
  dead: z.nullish(z.string()),
})

/** A row as the contract shapes it; here only its id matters. */
export type Shaped = { id: string } & Record<string, unknown>
const Shaped = z.looseObject({ id: z.string() })

const Place = { channelId: z.string(), assigneeId: z.nullable(z.string()), departmentId: z.nullable(z.string()) }
export const Facts = z.array(
  z.object({ chatId: z.string(), ...Place, was: z.nullable(z.object({ ...Place, until: z.string() })) }),
)
export type Facts = z.infer<typeof Facts>

const Written = z.object({
  results: z.array(Result),
  chats: z.array(Shaped),
  messages: z.array(Shaped),
  channels: z.array(Shaped),
  forgets: z.array(z.object({ chatId: z.string(), into: z.string(), objectKey: z.string(), channelId: z.string() })),
  /** Where the chats of all these stand. */
  facts: Facts,
  /** What was read elsewhere: by whom, and how far. */
  reads: z.array(z.object({ personId: z.string(), chatId: z.string(), upto: z.string() })),
  /** Who was named in notes. */
  mentions: z.array(z.looseObject({ id: z.string(), chatId: z.string() })),
  /** Numbers whose templates have changed. */
  templates: z.array(z.object({ channelId: z.string() })),
  jobs: z.array(z.object({ id: z.string(), kind: z.string() })),
})
export type Written = z.infer<typeof Written>

/** Writes a batch of entries (JSON texts) in one round trip. Throws DatabaseProblem. */
async function writeBatch(db: Database, accountId: string, entries: readonly string[]): Promise<Written> {
  const [row] = await db.query('select ingest($1, $2) as written', [accountId, `[${entries.join(',')}]`], 15_000)
  return Written.parse(row?.['written'])
}

function joined(parts: readonly Written[]): Written {
  return {
    results: parts.flatMap((part) => part.results),
    chats: parts.flatMap((part) => part.chats),
    messages: parts.flatMap((part) => part.messages),
    channels: parts.flatMap((part) => part.channels),
    forgets: parts.flatMap((part) => part.forgets),
    facts: parts.flatMap((part) => part.facts),
    templates: parts.flatMap((part) => part.templates),
    reads: parts.flatMap((part) => part.reads),
    mentions: parts.flatMap((part) => part.mentions),
    jobs: parts.flatMap((part) => part.jobs),
  }
}

/**
 * Writes a batch; when the database refuses it for good, each entry goes alone, and what is refused then is a dead
 * letter: one bad entry never holds the others. Throws only what may pass (then everybody tries again).
 */
export async function writeOrBury(db: Database, accountId: string, entries: readonly string[]): Promise<Written> {
  try {
    return await writeBatch(db, accountId, entries)
  } catch (error) {
    if (!(error instanceof DatabaseProblem) || error.again) throw error
    const [only] = entries
    if (entries.length === 1 && only !== undefined) {
      await db.query('select entry_dead($1, $2, $3)', [accountId, only, `${error.code ?? ''} ${error.message}`])
      return { ...joined([]), results: [{ dead: error.message }] }
    }
    const parts: Written[] = []
    for (const entry of entries) parts.push(await writeOrBury(db, accountId, [entry]))
    return joined(parts)
  }
}

/** Each entry's result, in order, for the objects that wait for it. */
export function resultsOf(written: Written): CommitResult[] {
  const rows = new Map([...written.chats, ...written.messages].map((row) => [row.id, row]))
  return written.results.map((result) => {
    const row = result.tell ? rows.get(result.tell) : undefined
    return {
      chatId: result.chatId ?? undefined,
      messageId: result.messageId ?? undefined,
      objectKey: result.objectKey ?? undefined,
      inserted: result.inserted ?? undefined,
      conflict: result.conflict ?? undefined,
      refused: result.refused ?? undefined,
      code: result.code ?? undefined,
      held: result.held ?? undefined,
      dispatch: result.dispatch ?? undefined,
      dead: result.dead ?? undefined,
      told: row && JSON.stringify(row),
    }
  })
}

function eventOf(type: LiveEvent['type'], about: About | null, body: object): Told {
  return { type, about, json: JSON.stringify({ type, ...body }) }
}

/** The live events of what was written, chats before the messages that they hold. */
export function eventsOf(written: Omit<Written, 'results' | 'jobs'>): Told[] {
  const places = new Map(written.facts.map(({ chatId, was, ...now }): [string, About] => [chatId, { chatId, now, was }]))
  const about = (chatId: unknown) => places.get(String(chatId)) ?? null
  return [
    ...written.forgets.map(({ chatId, into }) => eventOf('forget', about(chatId), { chatId, into })),
    ...written.chats.map((chat) => eventOf('chat', about(chat.id), { chat })),
    ...written.messages.map((message) => eventOf('message', about(message['chatId']), { message })),
    ...written.channels.map((channel) => eventOf('channel', { channelId: channel.id }, { channel })),
    ...written.reads.map((read) => eventOf('read', null, read)),
    ...written.mentions.map((mention) => eventOf('mention', about(mention.chatId), { mention })),
    ...written.templates.map(({ channelId }) => eventOf('templates', { channelId }, { channelId })),
  ]
}

type Changes = {
  chats?: readonly Shaped[]
  messages?: readonly Shaped[]
  channels?: readonly Shaped[]
  /** Each with the place of its chat: it is told to whoever asked, and to who may decide there. */
  transfers?: readonly { transfer: Shaped; about: Facts[number] }[]
  /** Labels were added or changed. */
  labels?: boolean
  drafts?: readonly { chatId: string }[]
  facts?: Facts
  templates?: Written['templates']
  /** Chats that became part of another one. */
  forgets?: Written['forgets']
  /** Who has read a chat, and how far. */
  read?: { personId: string; chatId: string; upto: string }
}

/** Changes written elsewhere, as events: a channel that was paused, a message whose file arrived, chats given back. */
export function changeEvents({
  chats = [],
  messages = [],
  channels = [],
  transfers = [],
  templates = [],
  labels = false,
  drafts = [],
  facts = [],
  forgets = [],
  read,
}: Changes): string {
  const asked = transfers.map(({ transfer, about: { chatId, was: _moved, ...now } }) =>
    eventOf('transfer', { chatId, now, was: null }, { transfer }),
  )
  const typed = drafts.flatMap((draft) =>
    facts
      .filter(({ chatId }) => chatId === draft.chatId)
      .map(({ chatId, was: _moved, ...now }) => eventOf('draft', { chatId, now, was: null }, { draft })),
  )
  return JSON.stringify([
    ...asked,
    ...typed,
    ...(labels ? [eventOf('labels', null, {})] : []),
    ...(read ? [eventOf('read', null, read)] : []),
    ...eventsOf({
      chats: [...chats],
      messages: [...messages],
      channels: [...channels],
      facts,
      templates,
      mentions: [],
      reads: [],
      forgets,
    }),
  ])
}
