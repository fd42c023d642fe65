/** "Test connection" of a bound channel: every part of the way between WhatsApp and the open line, asked now; and its repair. */
import type { Check, LineTest } from '#contract/portal-lines.ts'
import { connectNumber, probeNumber } from '../channels/index.ts'
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { wakeJobs } from '../lib/jobs.ts'
import type { Wanted } from './call-queue.ts'
import * as verdicts from './line-verdicts.ts'
import { isPassing, setLine, type Call } from './lines.ts'
import { lineTold } from './lines.store.ts'
import { boundIn, changesFor } from './registration.ts'
import { asMap, isYes } from './rest/answers.ts'
import { batchesOf, batchMeanings } from './rest/batch.ts'
import { addressOf, portalOf, type PortalName } from './surroundings.ts'

/** A bound channel, as api_portal_line_inner gives it. */
export type Bound = PortalName & {
  shown: { id: string; connector: string; line: number; signs: boolean }
  channelKey: string
  name: string
  phone: string
  channelProblem: string | null
  isPaused: boolean
  lastHookAt: string | null
  /** Below this credit at the provider an alert is raised. */
  lowCredit: number
  /** What the cheapest message takes of it. */
  messageCost: number
  /** Numbers of its latest clients. */
  clients: string[]
}

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const from = Date.now()
  const value = await work
  return { value, ms: Date.now() - from }
}

const cardsAsked = (phones: readonly string[]) =>
  phones.map((phone) => ({ method: 'crm.duplicate.findbycomm', params: { type: 'PHONE', values: [`+${phone}`, phone] } }))

/** Who has each number; what could not be asked says nothing. */
function cardsIn(phones: readonly string[], asked: verdicts.Timed | null): { phone: string; cards: unknown }[] {
  if (!asked?.called.ok) return []
  const meanings = batchMeanings(phones.length, [asked.called.result])
  return phones.map((phone, n) => ({ phone, cards: meanings[n]?.problem ? null : meanings[n]?.result }))
}

export async function testLine(env: Env, bound: Bound): Promise<Pick<LineTest, 'checks' | 'roundTripMs'>> {
  const portal = portalOf(env, bound)
  const ask = async (method: string, params: Record<string, unknown>): Promise<verdicts.Timed> => {
    const wanted: Wanted = { method, params, priority: 'status', isRepeatable: true }
    const { value, ms } = await timed(portal.call(wanted))
    return { called: value, ms }
  }
  const { connector, line } = bound.shown
  const [access, number] = await Promise.all([ask('profile', {}), timed(probeNumber(env, bound.channelKey))])
  const unlessShut = (method: string, params: Record<string, unknown>) => (access.called.ok ? ask(method, params) : null)
  const [facts, scopes, events, config, connectors, status, cards] = await Promise.all([
    access.called.ok ? timed(portal.facts()) : null,
    unlessShut('scope', {}),
    unlessShut('event.get', {}),
    unlessShut('imopenlines.config.get', { CONFIG_ID: line, WITH_QUEUE: 'Y' }),
    unlessShut('imconnector.list', {}),
    unlessShut('imconnector.status', { CONNECTOR: connector, LINE: line }),
    bound.clients.length > 0 ? unlessShut('batch', batchesOf(cardsAsked(bound.clients))[0] ?? {}) : null,
  ])
  const missing = (result: unknown) => [
    ...new Set(changesFor(boundIn(result), addressOf(env, 'events', bound.appId)).map(({ params }) => String(params['event']))),
  ]
  const checks: Check[] = [
    verdicts.checkOf('access', access, verdicts.accessOf),
    verdicts.checkOf('application', facts && { called: { ok: true, result: facts.value }, ms: facts.ms }, () =>
      verdicts.applicationOf(facts?.value ?? null),
    ),
    verdicts.checkOf('scopes', scopes, verdicts.scopesOf),
    verdicts.checkOf('events', events, (result) => verdicts.eventsOf(missing(result))),
    verdicts.checkOf('line', config, verdicts.lineOf),
    verdicts.checkOf('queue', config, verdicts.queueOf),
    verdicts.checkOf('crm', config, (result) => verdicts.crmOf(result, cardsIn(bound.clients, cards))),
    verdicts.checkOf('connector', connectors, verdicts.connectorOf(connector)),
    verdicts.checkOf('configured', status, verdicts.configuredOf),
    {
      name: 'number',
      // What our own row says of an unofficial number says more than that it is not there.
      ...verdicts.numberOf(
        number.value?.code === null ? null : (bound.channelProblem ?? number.value?.code ?? 'not_found'),
        bound.isPaused,
        number.value?.detail ?? null,
      ),
      ms: number.ms,
    },
    { name: 'wallet', ...verdicts.walletOf(number.value?.wallet ?? null, bound.lowCredit, bound.messageCost), ms: number.ms },
    { name: 'hook', ...verdicts.hookOf(number.value?.points ?? null, bound.lastHookAt), ms: number.ms },
  ]
  return { checks, roundTripMs: access.called.ok ? access.ms : null }
}

/** Does what can be done without anybody's decision; what could not be is what the test says afterwards. */
export async function repairLine(env: Env, bound: Bound): Promise<void> {
  const portal = portalOf(env, bound)
  const { id, connector, line, signs } = bound.shown
  const call: Call = (wanted) => portal.call(wanted)
  await portal.register()
  const config = await call({
    method: 'imopenlines.config.get',
    params: { CONFIG_ID: line },
    priority: 'status',
    isRepeatable: true,
  })
  const told = config.ok ? asMap(config.result) : {}
  if (told['ID'] !== undefined && !isYes(told['ACTIVE'])) {
    const params = { CONFIG_ID: line, PARAMS: { ACTIVE: 'Y' } }
    await call({ method: 'imopenlines.config.update', params, priority: 'status', isRepeatable: true })
  }
  const set = { connector, line, signs, name: bound.name, phone: bound.phone }
  const refused = await setLine(call, addressOf(env, 'connector', bound.appId), set)
  if (!refused || !isPassing(refused.kind)) await wakeJobs(env, await lineTold(databaseOf(env), id, refused?.code ?? null))
  const probe = await probeNumber(env, bound.channelKey)
  if (probe && probe.points !== null && probe.points !== 'here') await connectNumber(env, bound.channelKey)
}
