/** What an open line makes in the CRM for a client whom it does not find there, and who gets them: the line's own settings, read and set in the portal. */
import { TURNS, type ClientRule, type ClientRuleNow } from '#contract/portal-lines.ts'
import { Refusal } from '../lib/refusal.ts'
import { lineOf } from './line-verdicts.ts'
import type { Call } from './lines.ts'
import { refusalOf } from './open-lines.ts'
import { asList, asMap, asNumber, isYes } from './rest/answers.ts'
import { batchesOf, batchMeanings, type Command } from './rest/batch.ts'

const DEALS = 2
/** `crm.settings.mode.get`: 1 with leads, 2 without (reference/bitrix24.md §7.3). */
const WITH_LEADS = 1

const asksOf = (line: number): Command[] => [
  { method: 'imopenlines.config.get', params: { CONFIG_ID: line } },
  { method: 'crm.settings.mode.get', params: {} },
  { method: 'crm.category.list', params: { entityTypeId: DEALS } },
]

/** As the portal has it now. Refuses portal_away, portal_reconnect, portal_refused. */
export async function clientRule(call: Call, line: number): Promise<ClientRuleNow> {
  const asks = asksOf(line)
  const called = await call({ method: 'batch', params: batchesOf(asks)[0] ?? {}, priority: 'status', isRepeatable: true })
  if (!called.ok) throw refusalOf(called)
  const meanings = batchMeanings(asks.length, [called.result])
  const problem = meanings.find((meaning) => meaning.problem)?.problem
  if (problem) throw refusalOf({ ok: false, ...problem, againAt: null })
  const [config, mode, categories] = meanings.map(({ result }) => result)
  if (lineOf(config).code === 'line_deleted') throw new Refusal('portal_refused', { reason: 'line_deleted', text: '' })
  return { rule: ruleIn(asMap(config)), hasLeads: asNumber(mode) === WITH_LEADS, pipelines: pipelinesIn(categories) }
}

function ruleIn({ CRM, CRM_CREATE, CRM_CREATE_SECOND, QUEUE_TYPE }: Record<string, unknown>): ClientRule {
  const creates = isYes(CRM) && (CRM_CREATE === 'lead' || CRM_CREATE === 'deal') ? CRM_CREATE : 'none'
  const turns = TURNS.find((one) => one === QUEUE_TYPE) ?? 'evenly'
  return { creates, pipeline: creates === 'deal' ? asNumber(CRM_CREATE_SECOND) : 0, turns }
}

function pipelinesIn(result: unknown): ClientRuleNow['pipelines'] {
  return asList(asMap(result)['categories']).map((value) => {
    const { id, name } = asMap(value)
    return { id: asNumber(id), name: typeof name === 'string' ? name : `#${String(id)}` }
  })
}

/** Sets it, and looks what became of it: the portal says yes to settings that it leaves as they were. */
export async function setClientRule(call: Call, line: number, { creates, pipeline, turns }: ClientRule): Promise<ClientRuleNow> {
  const second = creates === 'deal' ? String(pipeline) : '0'
  const PARAMS = { CRM: 'Y', CRM_CREATE: creates, CRM_CREATE_SECOND: second, QUEUE_TYPE: turns }
  const params = { CONFIG_ID: line, PARAMS }
  const called = await call({ method: 'imopenlines.config.update', params, priority: 'status', isRepeatable: true })
  if (!called.ok) throw refusalOf(called)
  const now = await clientRule(call, line)
  if (now.rule.creates !== creates || now.rule.pipeline !== pipeline || now.rule.turns !== turns)
    throw new Refusal('portal_refused', { reason: 'rule_not_taken', text: '' })
  return now
}
