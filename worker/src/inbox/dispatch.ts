/** Hands one message to its provider, and puts what came of it into words for the log. */
import { Location, SharedContacts } from '#contract/extra.ts'
import { SENT_KINDS } from '#contract/inbox.ts'
import { Sound } from '#contract/media.ts'
import * as z from 'zod'
import { adapterOf, fileOf, type ChannelNow, type Outgoing, type SendOutcome } from '../channels/index.ts'
import type { Env } from '../lib/env.ts'
import { errorText } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import { wireOf } from '../lib/wire.ts'
import type { HopNote, OutcomeEntry } from './entry.ts'
import { retryAt } from './outgoing.rules.ts'

/** A send that has no answer by now is in doubt. */
const SEND_MS = 30_000

const File = z.object({
  ...{ id: z.string(), r2Key: z.string(), mime: z.string(), name: z.nullable(z.string()), size: z.number() },
  sound: z.nullish(Sound),
})
const Shape = z.looseObject({
  messageId: z.string(),
  kind: z.enum(SENT_KINDS),
  text: z.nullable(z.string()),
  to: z.looseObject({ phone: z.optional(z.string()), bsuid: z.optional(z.string()), lid: z.optional(z.string()) }),
  template: z.nullable(
    z.looseObject({
      name: z.string(),
      language: z.string(),
      providerId: z.optional(z.string()),
      params: z.array(z.string()),
      names: z.optional(z.array(z.string())),
      headerText: z.optional(z.string()),
      headerName: z.optional(z.string()),
      buttons: z.optional(z.array(z.object({ index: z.number(), kind: z.enum(['url', 'copy_code']), text: z.string() }))),
    }),
  ),
  file: z.nullable(File),
  headerFile: z.nullable(File),
  location: z.nullish(Location),
  contacts: z.nullish(SharedContacts),
  forwarded: z.nullish(z.boolean()),
  ephemeral: z.nullish(z.number()),
  quoted: z.nullable(z.string()),
  traceId: z.nullable(z.string()),
})

/** The trace that a message belongs to. */
export function traceIdOf(dispatch: string): string {
  return Shape.parse(JSON.parse(dispatch)).traceId ?? ''
}

function outgoingOf(env: Env, dispatch: string): Outgoing {
  const shape = Shape.parse(JSON.parse(dispatch))
  const { phone, bsuid, lid } = shape.to
  return {
    messageId: shape.messageId,
    to: { ...(phone ? { phone } : {}), ...(bsuid ? { bsuid } : {}), ...(lid ? { lid } : {}) },
    kind: shape.kind,
    text: shape.text ?? undefined,
    file: shape.file ? fileOf(env, shape.file) : undefined,
    template: shape.template ? templateOf(env, shape.template, shape.headerFile) : undefined,
    quoted: shape.quoted ?? undefined,
    location: shape.location ?? undefined,
    contacts: shape.contacts ?? undefined,
    forwarded: shape.forwarded === true,
    ephemeral: shape.ephemeral ?? undefined,
  }
}

function templateOf(
  env: Env,
  { name, language, providerId, params, names, headerText, headerName, buttons }: NonNullable<z.infer<typeof Shape>['template']>,
  headerFile: z.infer<typeof File> | null,
): Outgoing['template'] {
  return {
    ...{ name, language, providerId, params, names, buttons },
    header: headerFile ? fileOf(env, headerFile) : undefined,
    headerText: headerText === undefined ? undefined : { name: headerName ?? '1', text: headerText },
  }
}

/** What a send came to. An adapter that throws has left us in doubt, never in a position to try again. */
export async function handOver(env: Env, channel: ChannelNow, dispatch: string): Promise<SendOutcome> {
  const adapter = adapterOf(channel.kind)
  if (!adapter)
    return { outcome: 'refused', error: { code: 'kind_not_supported', providerCode: channel.kind }, stopsChannel: false }
  const message = outgoingOf(env, dispatch)
  const stopped = message.kind === 'template' ? await stoppedByCustomer(env, channel.accountId, message.messageId) : null
  if (stopped) return stopped
  try {
    return await adapter.send(message, channel.line, wireOf(SEND_MS))
  } catch (error) {
    return { outcome: 'unknown', error: { code: 'answer_lost', providerCode: 'thrown', detail: errorText(error) } }
  }
}

/** A template may have waited, and its customer may have said no since: asked right before it leaves. */
async function stoppedByCustomer(env: Env, accountId: string, messageId: string): Promise<SendOutcome | null> {
  try {
    const [row] = await databaseOf(env).query('select send_blocked($1, $2) as code', [accountId, messageId])
    const code = row?.['code'] ?? null
    return code === null ? null : { outcome: 'refused', error: { code: String(code), providerCode: 'none' }, stopsChannel: false }
  } catch (error) {
    return { outcome: 'try_later', error: { code: 'consent_unknown', providerCode: 'none', detail: errorText(error) } }
  }
}

export type Settled = { entry: Omit<OutcomeEntry, 'channelId' | 'objectKey'>; again: number | null }

/** Turns an outcome into the entry to write, and the instant of the next try when there is one. Pure but for its arguments. */
export function settle(
  outcome: SendOutcome,
  about: { messageId: string; traceId: string; attempts: number; startedAt: number; now: number; spread: number },
): Settled {
  const { messageId, traceId, attempts, startedAt, now } = about
  const at = new Date(now).toISOString()
  const error = outcome.error
  const hop = (level: HopNote['level'], what: string, more?: HopNote['data']): HopNote[] => [
    {
      at: new Date(startedAt).toISOString(),
      level: 'info',
      place: 'provider',
      what: 'sent_to_provider',
      data: { attempt: attempts },
    },
    {
      at,
      level,
      place: 'provider',
      what,
      code: error?.code,
      data: { ms: now - startedAt, providerCode: error?.providerCode ?? null, ...more },
    },
  ]
  const base = {
    op: 'outcome' as const,
    messageId,
    traceId,
    at,
    attempts,
    dead: false,
    stopsChannel: false,
    ...(error ? { code: error.code, providerCode: error.providerCode } : {}),
  }
  switch (outcome.outcome) {
    case 'accepted':
      return {
        again: null,
        entry: {
          ...base,
          status: 'sending',
          providerId: outcome.providerId,
          ...(outcome.alias ? { alias: outcome.alias } : {}),
          hops: hop('info', 'accepted_by_provider'),
        },
      }
    case 'refused':
      return {
        again: null,
        entry: { ...base, status: 'failed', stopsChannel: outcome.stopsChannel, hops: hop('error', 'refused_by_provider') },
      }
    case 'unknown':
      return { again: null, entry: { ...base, status: 'unconfirmed', hops: hop('warn', 'answer_lost') } }
    case 'try_later': {
      const again = retryAt(attempts, now, about.spread, outcome.afterMs)
      if (again === null)
        return { again, entry: { ...base, status: 'failed', dead: true, hops: hop('error', 'retries_exhausted') } }
      return {
        again,
        entry: { ...base, status: 'queued', hops: hop('warn', 'will_retry', { at: new Date(again).toISOString() }) },
      }
    }
  }
}
