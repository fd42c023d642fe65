/** What stands in the line of a portal's calls: why, for the way of each message, and for people who look now. */
import type { Wait } from '#contract/portal-health.ts'
import { settingsOf, type Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import { HELD_CODES, type Held } from '../call-waits.rules.ts'
import { held } from './outgoing.store.ts'

/** The line's time in ours. */
const instantOf = (until: number | null, scale: number): string | null =>
  until === null ? null : new Date(Math.ceil(until * scale)).toISOString()

/** A hop of each message that a call carries. The words themselves wait for nothing of this. */
export async function tellHeld(env: Env, portalId: string | null, { about, wait }: Held): Promise<void> {
  const [code, until] = [HELD_CODES[wait.why], instantOf(wait.until, settingsOf(env).timeScale)]
  if (portalId === null || code === null || until === null) return
  try {
    await held(databaseOf(env), portalId, about, { code, method: wait.method, until })
  } catch (error) {
    log('warn', { event: 'portal_held_not_told', error: errorText(error) })
  }
}

/** What each of these waits for now; a wait that is everybody's, for those that no call carries yet. */
export type WaitsNow = { of: { id: string; wait: Wait }[]; all: Wait | null }

export function waitsNow(line: readonly Held[], scale: number): WaitsNow {
  const shown = ({ wait }: Held): Wait => ({ ...wait, until: instantOf(wait.until, scale) })
  const all = line.map(shown).find(({ why }) => why !== 'method' && why !== 'turn') ?? null
  return { of: line.flatMap((one) => one.about.map((id) => ({ id, wait: shown(one) }))), all }
}
