/**
 * The numbers as this isolate knows them: looked up by hook key or provider id, kept for seconds, and kept on from
 * memory while the database is away, so that an outage does not close the door to what customers write.
 */
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { settingsOf } from '../lib/env.ts'
import { unseal } from '../lib/seal.ts'
import { databaseOf, DatabaseProblem } from '../lib/sql.ts'
import type { Credentials, Line } from './channel.ts'
import { sessionPort } from './session-port.ts'
import { findChannel, type ChannelRow } from './channels.store.ts'

const FRESH_MS = 3_000
const STALE_MS = 24 * 3_600_000
const CACHE_MAX = 2_000

export type ChannelNow = {
  id: string
  accountId: string
  key: string
  kind: ChannelRow['kind']
  archived: boolean
  settings: ChannelRow['settings']
  /** Our failure code when the provider refuses the number; nothing is sent until that is settled. */
  problem: string | null
  sendingPaused: boolean
  receivingPaused: boolean
  /** When it is attended; null: always. */
  hours: ChannelRow['hours']
  /** How fast an unofficial number sends. */
  pace: 'natural' | 'fast'
  line: Line
}

const Stored = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('meta'),
    phoneNumberId: z.string(),
    wabaId: z.optional(z.string()),
    accessToken: z.string(),
    appSecret: z.optional(z.string()),
    /** The one before, for as long as hooks signed with it may still come. */
    oldSecret: z.optional(z.object({ value: z.string(), until: z.string() })),
    verifyToken: z.optional(z.string()),
  }),
  z.object({
    kind: z.literal('gupshup'),
    appName: z.string(),
    appId: z.string(),
    access: z.enum(['self-serve', 'partner']),
    apiKey: z.string(),
  }),
  // What opens a session never leaves its own object.
  z.object({ kind: z.literal('session') }),
])
export type StoredCredentials = z.infer<typeof Stored>

/** The place that a number's credentials are sealed to. */
export function sealPlace(channelId: string, accountId: string): string {
  return `channel|sealed|${channelId}|${accountId}`
}

/** Credentials as adapters take them: the channel's own secrets win over those of the environment. */
export function credentialsOf(stored: StoredCredentials, env: Env, channelId: string): Credentials {
  if (stored.kind === 'gupshup') return stored
  if (stored.kind === 'session') return { kind: 'session', session: sessionPort(env, channelId) }
  const settings = settingsOf(env)
  const { appSecret, verifyToken, oldSecret, ...rest } = stored
  const secret = appSecret ?? settings.metaAppSecret
  const old = oldSecret && Date.parse(oldSecret.until) > Date.now() ? [oldSecret.value] : []
  return { ...rest, appSecrets: secret ? [secret, ...old] : old, verifyToken: verifyToken ?? settings.metaVerifyToken }
}

/** A line for credentials that are not stored yet, to ask the provider about them. */
export function lineOf(env: Env, channelId: string, accountId: string, phone: string, stored: StoredCredentials): Line {
  const { metaGraph, gupshupApi, gupshupPartner } = settingsOf(env)
  return {
    channelId,
    accountId,
    phone,
    credentials: credentialsOf(stored, env, channelId),
    addresses: { metaGraph, gupshupApi, gupshupPartner },
  }
}

async function unsealed(env: Env, row: ChannelRow): Promise<StoredCredentials> {
  return Stored.parse(JSON.parse(await unseal(row.sealed, sealPlace(row.id, row.account_id), settingsOf(env).keyring)))
}

/** The credentials of a number as they lie in the database, to be written anew. */
export async function storedBehind(env: Env, key: string): Promise<StoredCredentials | null> {
  const row = await findChannel(databaseOf(env), { key })
  return row && unsealed(env, row)
}

async function openRow(env: Env, row: ChannelRow): Promise<ChannelNow> {
  const stored = await unsealed(env, row)
  return {
    id: row.id,
    accountId: row.account_id,
    key: row.key,
    kind: row.kind,
    archived: row.archived,
    settings: row.settings,
    problem: row.problem,
    sendingPaused: row.sending_paused,
    receivingPaused: row.receiving_paused,
    hours: row.hours,
    pace: row.guard?.pace ?? 'natural',
    line: lineOf(env, row.id, row.account_id, row.phone, stored),
  }
}

/** Values only: a promise of one request must never be awaited by another one. */
type Cached = { knownAt: number; askAgainAt: number; channel: ChannelNow | null }
const cache = new Map<string, Cached>()

function keep(name: string, cached: Cached): void {
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value ?? '')
  cache.set(name, cached)
}

type By = { key: string } | { kind: string; line: string }

async function ask(env: Env, name: string, by: By): Promise<ChannelNow | null> {
  const now = Date.now()
  const row = await findChannel(databaseOf(env), by)
  const channel = row && (await openRow(env, row))
  // Whoever asked later and was answered earlier knows better.
  if ((cache.get(name)?.knownAt ?? 0) <= now) keep(name, { knownAt: now, askAgainAt: now + FRESH_MS, channel })
  return channel
}

async function look(env: Env, name: string, by: By, maxAgeMs: number): Promise<ChannelNow | null> {
  const known = cache.get(name)
  const now = Date.now()
  if (known && now < known.askAgainAt && maxAgeMs > 0) return known.channel
  try {
    return await ask(env, name, by)
  } catch (error) {
    // The database is away: what we knew is better than closing the door.
    if (!known || now - known.knownAt > STALE_MS || !(error instanceof DatabaseProblem)) throw error
    keep(name, { ...known, askAgainAt: now + FRESH_MS })
    return known.channel
  }
}

/**
 * The number behind a hook's key, some seconds old at most; `maxAgeMs` 0 asks again. Throws when the database is away
 * and we never knew it.
 */
export function channelByKey(env: Env, key: string, maxAgeMs: number = FRESH_MS): Promise<ChannelNow | null> {
  return look(env, nameOf(env, key), { key }, maxAgeMs)
}

/** The number as it is now, for who knows that it has just changed. Throws when the database is away: what we knew is old. */
export function channelAnew(env: Env, key: string): Promise<ChannelNow | null> {
  return ask(env, nameOf(env, key), { key })
}

function nameOf(env: Env, key: string): string {
  return `${env.DATABASE_URL} key ${key}`
}

/** The number with this provider id: a hook may tell of other numbers of the same app. */
export function channelByLine(env: Env, kind: string, line: string): Promise<ChannelNow | null> {
  return look(env, `${env.DATABASE_URL} line ${kind} ${line}`, { kind, line }, FRESH_MS)
}
