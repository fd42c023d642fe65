/** Open lines and colleagues, asked of the portal while somebody waits at a screen. */
import type { NewLine, OpenLine } from '#contract/portal-lines.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Called } from './call-queue.ts'
import { isPassing, type Call } from './lines.ts'
import { asList, asMap, asNumber, isYes } from './rest/answers.ts'

/** What a call that did not succeed is to the person who waits for it. */
export function refusalOf({ kind, code, text }: Extract<Called, { ok: false }>): Refusal {
  const details = { reason: code, text }
  if (isPassing(kind)) return new Refusal('portal_away', details)
  const isShut = kind === 'token' || kind === 'unpaid' || kind === 'gone'
  return new Refusal(isShut ? 'portal_reconnect' : 'portal_refused', details)
}

/** The result of a question that may be asked twice. Refuses portal_away, portal_reconnect, portal_refused. */
async function asked(call: Call, method: string, params: Record<string, unknown>): Promise<unknown> {
  const called = await call({ method, params, priority: 'status', isRepeatable: true })
  if (!called.ok) throw refusalOf(called)
  return called.result
}

function lineIn(value: unknown): OpenLine[] {
  const { ID, LINE_NAME, ACTIVE, QUEUE } = asMap(value)
  const line = asNumber(ID)
  if (line <= 0) return []
  const name = typeof LINE_NAME === 'string' && LINE_NAME !== '' ? LINE_NAME.slice(0, 200) : `#${line}`
  return [{ line, name, isActive: isYes(ACTIVE), queue: QUEUE === undefined ? null : asList(QUEUE).length }]
}

/** All lines of the portal: 200 is what it gives at once, and more than any plan has. */
export async function openLines(call: Call): Promise<OpenLine[]> {
  const PARAMS = { select: ['ID', 'LINE_NAME', 'ACTIVE'], order: { ID: 'ASC' }, limit: 200 }
  return asList(await asked(call, 'imopenlines.config.list.get', { PARAMS, OPTIONS: { QUEUE: 'Y' } })).flatMap(lineIn)
}

export type Colleague = { kind: 'user' | 'department'; id: string; name: string }

/** Departments and the first fifty employees, by what was typed. */
export async function colleagues(call: Call, typed: string): Promise<Colleague[]> {
  const words = typed.trim().toLowerCase()
  const FILTER = { ACTIVE: true, USER_TYPE: 'employee', ...(words !== '' && { NAME_SEARCH: words }) }
  const [departments, users] = await Promise.all([
    asked(call, 'department.get', {}),
    asked(call, 'user.get', { FILTER, sort: 'LAST_NAME', order: 'ASC' }),
  ])
  const named = asList(departments).flatMap((value): Colleague[] => {
    const { ID, NAME } = asMap(value)
    const name = typeof NAME === 'string' ? NAME : ''
    return name.toLowerCase().includes(words) ? [{ kind: 'department', id: String(ID), name }] : []
  })
  const people = asList(users).map((value): Colleague => {
    const { ID, NAME, LAST_NAME } = asMap(value)
    const name = [NAME, LAST_NAME].filter((part) => typeof part === 'string' && part.trim() !== '').join(' ')
    return { kind: 'user', id: String(ID), name: name || `#${String(ID)}` }
  })
  return [...named, ...people].slice(0, 100)
}

/** How many lines there may be depends on the plan, and its refusal has no code of its own (reference/bitrix24.md §6). */
const PLAN = /\b(plan|tariff|limit)/i

/** Makes a line. Without an answer nobody knows whether it is there: then whoever asked looks. */
export async function makeLine(call: Call, { name, queue, hours }: NewLine): Promise<OpenLine> {
  const PARAMS = {
    ...{ LINE_NAME: name, ACTIVE: 'Y', QUEUE_TYPE: 'evenly' },
    QUEUE: queue.map(({ kind, id }) => ({ ENTITY_TYPE: kind, ENTITY_ID: id })),
    ...(hours && {
      ...{ WORKTIME_ENABLE: 'Y', WORKTIME_FROM: hours.from, WORKTIME_TO: hours.to, WORKTIME_TIMEZONE: hours.timeZone },
      WORKTIME_DAYOFF: hours.off,
    }),
  }
  const made = await call({ method: 'imopenlines.config.add', params: { PARAMS }, priority: 'status' })
  if (!made.ok && made.kind === 'lost') throw new Refusal('portal_unsure')
  if (!made.ok) throw refusalOf(PLAN.test(made.text) ? { ...made, code: 'plan_lines' } : made)
  return { line: asNumber(made.result), name, isActive: true, queue: queue.length }
}
