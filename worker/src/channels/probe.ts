/** How a number does at its provider right now, and whether what it hears comes to us: for tests that others run (bitrix24/line-test.ts). */
import type { NumberTold } from '#contract/channel-provider.ts'
import type { Env } from '../lib/env.ts'
import { wireOf } from '../lib/wire.ts'
import { channelByKey } from './lines.ts'
import { adapterOf } from './registry.ts'
import { hookUrlOf, pointsAt } from './watch.ts'

const ASK_MS = 15_000

/** `code`: our failure code, null when it works. `points`: where its hooks go; null: it has none (an unofficial number). */
export type Probe = {
  code: string | null
  detail: string | null
  points: ReturnType<typeof pointsAt> | null
  /** Null: the provider does not tell, or has none. */
  wallet: NumberTold['wallet']
}

async function numberBehind(env: Env, key: string) {
  const channel = await channelByKey(env, key, 0)
  const adapter = channel && adapterOf(channel.kind)
  return channel && adapter ? { channel, adapter } : null
}

/** Null: there is no such number any more. */
export async function probeNumber(env: Env, key: string): Promise<Probe | null> {
  const found = await numberBehind(env, key)
  if (!found) return null
  const { channel, adapter } = found
  const hasHooks = channel.kind !== 'session'
  const [health, told] = await Promise.all([
    adapter.health(channel.line, wireOf(ASK_MS)),
    hasHooks ? adapter.details(channel.line, wireOf(ASK_MS)) : null,
  ])
  return {
    code: health.ok ? null : health.error.code,
    detail: health.ok ? health.displayName : (health.error.detail ?? null),
    wallet: told?.ok ? told.value.number.wallet : null,
    points: hasHooks ? pointsAt(hookUrlOf(env, channel), told?.ok ? told.value.hooks : null) : null,
  }
}

/** Has the provider send to us; false: it could not be done. */
export async function connectNumber(env: Env, key: string): Promise<boolean> {
  const found = await numberBehind(env, key)
  if (!found || found.channel.kind === 'session') return false
  const { channel, adapter } = found
  return (await adapter.connectHook(channel.line, wireOf(ASK_MS), hookUrlOf(env, channel))).ok
}
