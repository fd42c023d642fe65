import { ChannelHours } from '#contract/channel-settings.ts'
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { databaseOf, type Database } from '../lib/sql.ts'
import { Facts } from '../live/index.ts'

const ChannelRow = z.object({
  id: z.string(),
  account_id: z.string(),
  kind: z.enum(['meta', 'gupshup', 'session']),
  key: z.string(),
  phone: z.string(),
  line: z.string(),
  sealed: z.string(),
  settings: z.object({ allowVideo: z.boolean(), allowLinks: z.boolean(), tellsReading: z.optional(z.boolean()) }),
  problem: z.nullable(z.string()),
  sending_paused: z.boolean(),
  receiving_paused: z.boolean(),
  archived: z.boolean(),
  hours: z.nullable(ChannelHours),
  guard: z.nullable(z.looseObject({ pace: z.optional(z.enum(['natural', 'fast'])) })),
})
export type ChannelRow = z.infer<typeof ChannelRow>

/** The channel behind a hook's key, or behind a provider's id of a number. */
export async function findChannel(
  db: Database,
  by: { key: string } | { kind: string; line: string },
): Promise<ChannelRow | null> {
  const params = 'key' in by ? [by.key, null, null] : [null, by.kind, by.line]
  const [row] = await db.query('select * from channel_by($1, $2, $3)', params)
  return row ? ChannelRow.parse(row) : null
}

export async function channelHeard(db: Database, accountId: string, channelId: string): Promise<void> {
  await db.query('select channel_heard($1, $2)', [accountId, channelId])
}

/** Notes what the provider thinks of a number, and has its people told; the channel as it is now, or null when nothing changed. */
export async function channelVerdict(
  env: Env,
  accountId: string,
  channelId: string,
  problem: string | null,
): Promise<({ id: string } & Record<string, unknown>) | null> {
  const asked = 'select channel_verdict($1, $2, $3) as channel, jobs_begun() as jobs'
  const [row] = await databaseOf(env).query(asked, [accountId, channelId, problem])
  await wakeJobs(env, row?.['jobs'])
  return row?.['channel'] ? z.looseObject({ id: z.string() }).parse(row['channel']) : null
}

const MediaToFetch = z.object({
  id: z.string(),
  ref: z.nullable(z.object({ id: z.optional(z.nullable(z.string())), url: z.optional(z.nullable(z.string())) })),
  mime: z.string(),
  kind: z.string(),
  name: z.nullable(z.string()),
  state: z.string(),
  createdAt: z.string(),
  channelId: z.string(),
  channelKey: z.string(),
})
export type MediaToFetch = z.infer<typeof MediaToFetch>

export async function mediaToFetch(db: Database, accountId: string, mediaId: string): Promise<MediaToFetch | null> {
  const [row] = await db.query('select media_to_fetch($1, $2) as media', [accountId, mediaId])
  return row?.['media'] ? MediaToFetch.parse(row['media']) : null
}

export type MediaSettled =
  | { state: 'ready'; r2Key: string; mime: string; size: number; sha256: string; details: object | null }
  | { state: 'lost'; reason: string }

/** Notes that a file is here, or will not come; the messages that show it, as they are now, and the jobs of what waited for it. */
const Settled = z.object({ messages: z.array(z.looseObject({ id: z.string() })), facts: Facts, jobs: z.unknown() })

export async function mediaSettled(
  db: Database,
  accountId: string,
  mediaId: string,
  how: MediaSettled,
): Promise<z.infer<typeof Settled>> {
  const [row] = await db.query('select media_settled($1, $2, $3) as settled', [accountId, mediaId, JSON.stringify(how)])
  return Settled.parse(row?.['settled'])
}

const Rows = z.array(z.looseObject({ id: z.string() }))
const PastWritten = z.object({
  stored: z.number(),
  known: z.number(),
  chats: z.array(z.string()),
  changes: z.object({ chats: Rows, messages: Rows, facts: Facts }),
})
const SLICE_MS = 30_000

/** Writes a slice of a phone's history; the same slice again changes nothing and counts the same. */
export async function pastWritten(
  db: Database,
  accountId: string,
  channelId: string,
  trace: string,
  slice: object,
): Promise<z.infer<typeof PastWritten>> {
  const [row] = await db.query(
    'select session_past($1, $2, $3, $4) as written',
    [accountId, channelId, trace, JSON.stringify(slice)],
    SLICE_MS,
  )
  return PastWritten.parse(row?.['written'])
}

const Anchors = z.array(
  z.object({
    waId: z.string(),
    fromMe: z.boolean(),
    at: z.number(),
    to: z.object({ phone: z.exactOptional(z.string()), lid: z.exactOptional(z.string()) }),
  }),
)

/** The newest word of each chat of a number in which something was said since then. */
export async function pastAnchors(
  db: Database,
  accountId: string,
  channelId: string,
  since: Date,
  most: number,
): Promise<z.infer<typeof Anchors>> {
  const [row] = await db.query('select session_anchors($1, $2, $3, $4) as anchors', [
    accountId,
    channelId,
    since.toISOString(),
    most,
  ])
  return Anchors.parse(row?.['anchors'])
}

const PhotoFound = z.object({
  known: z.boolean(),
  old: z.nullish(z.string()),
  chats: z.optional(Rows),
  messages: z.optional(Rows),
  facts: z.optional(Facts),
})

/** Notes which picture somebody shows; the one before it, and what phones must hear. `known`: there is such a contact. */
export async function photoFound(
  db: Database,
  accountId: string,
  customer: { phone?: string | undefined; lid?: string | undefined },
  photo: string | null,
): Promise<{ known: boolean; old: string | null; changes: z.infer<typeof PastWritten>['changes'] | null }> {
  const [row] = await db.query('select session_photo($1, $2, $3) as found', [accountId, JSON.stringify(customer), photo])
  const { known, old, chats, messages, facts } = PhotoFound.parse(row?.['found'])
  return { known, old: old ?? null, changes: chats && messages && facts ? { chats, messages, facts } : null }
}
