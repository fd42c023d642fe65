/**
 * Looking after numbers at their providers: what is told is kept with its time, and what went wrong becomes an alert, when
 * somebody asks and once an hour by itself.
 */
import { NumberTold, type ProviderReport } from '#contract/channel-provider.ts'
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { settingsOf } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { wireOf } from '../lib/wire.ts'
import { deskOf } from '../live/index.ts'
import { channelByKey, type ChannelNow } from './lines.ts'
import { adapterOf } from './registry.ts'
import { tellNumber } from './tell-number.ts'
import { keyOfChannel } from './templates.store.ts'

const ASK_MS = 15_000

/** Where the provider of a number must send. */
export function hookUrlOf(env: Env, { kind, key }: Pick<ChannelNow, 'kind' | 'key'>): string {
  return `${settingsOf(env).appUrl}/hooks/${kind}/${key}`
}

/** Where it sends, by the addresses that it tells of; null: it does not tell. */
export function pointsAt(url: string, hooks: string[] | null): ProviderReport['hook']['points'] {
  if (hooks === null) return 'unknown'
  if (hooks.includes(url)) return 'here'
  return hooks.length > 0 ? 'elsewhere' : 'nowhere'
}

const Kept = z.object({
  number: z.nullable(NumberTold),
  toldAt: z.nullable(z.string()),
  alerts: z.array(z.string()),
  lowCredit: z.number(),
  begun: z.object({ used: z.number(), max: z.nullable(z.number()) }),
})
const Reported = z.object({ channel: z.nullable(z.looseObject({ id: z.string() })), kept: Kept })

/** Keeps what was told, tells phones what has changed of the number, and gives what is known now. */
export async function keepTold(
  env: Env,
  channel: Pick<ChannelNow, 'id' | 'accountId'>,
  told: { number: NumberTold; points: string } | { code: string },
): Promise<z.infer<typeof Kept>> {
  const args = [channel.accountId, channel.id, JSON.stringify(told)]
  const [row] = await databaseOf(env).query('select channel_reported($1, $2, $3) as reported', args)
  const { channel: changed, kept } = Reported.parse(row?.['reported'])
  if (changed) {
    await tellNumber(env, channel.accountId, changed)
    // What an empty wallet had stopped may go on.
    if (changed['problem'] === null) await deskOf(env, channel.accountId).resume(channel.id)
  }
  return kept
}

/** Asks a number's provider how it does, and keeps the answer; what is wrong with it now. */
export async function askAbout(env: Env, channel: ChannelNow): Promise<string[]> {
  const adapter = adapterOf(channel.kind)
  if (!adapter) return []
  const told = await adapter.details(channel.line, wireOf(ASK_MS))
  const points = pointsAt(hookUrlOf(env, channel), told.ok ? told.value.hooks : null)
  return (await keepTold(env, channel, told.ok ? { number: told.value.number, points } : { code: told.error.code })).alerts
}

/** The same as a job, once an hour for each number. */
export async function watchNumber(env: Env, accountId: string, channelId: string): Promise<{ done: true }> {
  const key = await keyOfChannel(databaseOf(env), accountId, channelId)
  const channel = key === null ? null : await channelByKey(env, key)
  if (channel) await askAbout(env, channel)
  return { done: true }
}
