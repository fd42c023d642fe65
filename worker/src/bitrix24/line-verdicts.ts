/** What each check of "Test connection" came to, from what the portal, the authorization server and the provider answered. */
import type { NumberTold } from '#contract/channel-provider.ts'
import type { Check, CheckName } from '#contract/portal-lines.ts'
import type { Called } from './call-queue.ts'
import { asList, asMap, isYes } from './rest/answers.ts'
import type { AppFacts } from './rest/verdicts.ts'

/** `called` with how long it took. */
export type Timed = { called: Called; ms: number }
type Verdict = Pick<Check, 'state' | 'code' | 'detail' | 'canRepair'>

const PASS: Verdict = { state: 'pass', code: null, detail: null, canRepair: false }
const fail = (code: string, detail: string | null = null): Verdict => ({ state: 'fail', code, detail, canRepair: false })
const warn = (code: string, detail: string | null = null): Verdict => ({ ...fail(code, detail), state: 'warn' })
const mended = (verdict: Verdict): Verdict => ({ ...verdict, canRepair: true })
const SKIPPED: Verdict = { ...PASS, state: 'skipped' }

/** A refusal of the call itself, or what its result means. */
export function checkOf(name: CheckName, timed: Timed | null, meaning: (result: unknown) => Verdict): Check {
  if (timed === null) return { name, ...SKIPPED, ms: 0 }
  const { called, ms } = timed
  return { name, ...(called.ok ? meaning(called.result) : fail(called.code, called.text || null)), ms }
}

export const accessOf = (): Verdict => PASS

export function applicationOf(facts: AppFacts | null): Verdict {
  if (!facts) return warn('no_answer')
  if (!facts.installed) return fail('not_installed')
  if (facts.paymentExpired && (facts.days ?? 0) < 0) return fail('PAYMENT_EXPIRED')
  return facts.paymentExpired ? warn('payment_grace') : PASS
}

/** Without these nothing goes through. */
const NEEDED = ['imconnector', 'imopenlines', 'im'] as const
/** Without these a part is missing: who answers, and the client in the CRM. */
const WANTED = [['crm'], ['user_brief', 'user_basic', 'user'], ['department']] as const

export function scopesOf(result: unknown): Verdict {
  const has = new Set(asList(result).map((one) => String(one).trim()))
  const missing = NEEDED.filter((one) => !has.has(one))
  if (missing.length > 0) return fail('scopes_missing', missing.join(', '))
  const lacking = WANTED.flatMap((ways) => (ways.some((one) => has.has(one)) ? [] : [ways[0]]))
  return lacking.length > 0 ? warn('scopes_missing', lacking.join(', ')) : PASS
}

/** `missing`: events that are not bound once at our address. */
export const eventsOf = (missing: readonly string[]): Verdict =>
  missing.length === 0 ? PASS : mended(fail('events_missing', missing.join(', ')))

/** `false` is how a portal says that there is no such line. */
export function lineOf(result: unknown): Verdict {
  const line = asMap(result)
  if (line['ID'] === undefined) return fail('line_deleted')
  return isYes(line['ACTIVE']) ? PASS : mended(fail('line_off'))
}

export function queueOf(result: unknown): Verdict {
  const line = asMap(result)
  if (line['ID'] === undefined) return SKIPPED
  return asList(line['QUEUE']).length > 0 ? PASS : fail('queue_empty')
}

/**
 * Whether the line ties a client to the card that they have. `found`: who has the number of each of its latest clients. A card of each
 * kind is one client; two leads or two contacts are the same person twice.
 */
export function crmOf(result: unknown, found: readonly { phone: string; cards: unknown }[]): Verdict {
  const line = asMap(result)
  if (line['ID'] === undefined) return SKIPPED
  if (line['CRM'] !== undefined && !isYes(line['CRM'])) return warn('crm_off')
  const twice = found.filter(({ cards }) => ['LEAD', 'CONTACT'].some((kind) => asList(asMap(cards)[kind]).length > 1))
  if (twice.length > 0) return warn('crm_twice', twice.map(({ phone }) => `+${phone}`).join(', '))
  return PASS
}

export const connectorOf =
  (connector: string) =>
  (result: unknown): Verdict =>
    asMap(result)[connector] === undefined ? mended(fail('not_registered')) : PASS

export function configuredOf(result: unknown): Verdict {
  const status = asMap(result)
  if (isYes(status['STATUS'])) return PASS
  return mended(fail(isYes(status['ERROR']) ? 'connector_error' : 'not_configured'))
}

/** `problem`: what is known of the number already. */
export function numberOf(code: string | null, isPaused: boolean, detail: string | null): Verdict {
  if (code !== null) return fail(code, detail)
  return isPaused ? warn('number_paused') : PASS
}

/**
 * Credit at the provider, before somebody relies on it: `low` is where its alert is raised, `cost` what the cheapest message takes.
 * Nothing to tell is neither good nor bad.
 */
export function walletOf(wallet: NumberTold['wallet'], low: number, cost: number): Verdict {
  if (wallet === null) return SKIPPED
  const detail = `${wallet.balance} ${wallet.currency}`
  if (wallet.balance + wallet.overdraft < cost) return fail('credit_out', detail)
  return wallet.balance < low ? warn('credit_low', detail) : { ...PASS, detail }
}

/** Where the provider's hooks go; what it does not tell is judged by whether one ever came. */
export function hookOf(points: 'here' | 'elsewhere' | 'nowhere' | 'unknown' | null, lastHookAt: string | null): Verdict {
  if (points === null || points === 'here') return PASS
  if (points === 'unknown') return lastHookAt ? { ...PASS, detail: lastHookAt } : mended(warn('hook_never'))
  return mended(fail(points === 'elsewhere' ? 'hook_elsewhere' : 'hook_nowhere'))
}
