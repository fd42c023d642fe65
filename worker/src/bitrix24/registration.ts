/**
 * What we ask of a portal to be part of it: which events it tells us. Done again after every installation and update, since both
 * take it away; done twice it changes nothing (reference/bitrix24.md §0.3, §0.4).
 */
import { asList, asMap } from './rest/answers.ts'
import { batchesOf, batchMeanings, type Command } from './rest/batch.ts'
import type { Called, Wanted } from './call-queue.ts'

/** Each is bound exactly once. */
export const EVENTS = ['ONAPPUPDATE', 'ONAPPUNINSTALL', 'ONAPPPAYMENT', 'ONUSERADD'] as const
/** Needs a right that not every card asks for: without it the list of employees is read every hour all the same. */
const WITHOUT_IT_TOO: ReadonlySet<string> = new Set(['ONUSERADD'])

type Call = (wanted: Wanted) => Promise<Called>
type Bound = { event: string; handler: string }

function boundIn(result: unknown): Bound[] {
  return asList(result).flatMap((row) => {
    const { event, handler, offline } = asMap(row)
    return typeof event === 'string' && typeof handler === 'string' && String(offline ?? 0) === '0' ? [{ event, handler }] : []
  })
}

/** What is to be unbound and bound. Twice the same, or an address of ours that is old, goes; what others bound is not ours to touch. */
export function changesFor(bound: readonly Bound[], handler: string): Command[] {
  const own = bound.filter((one) => isOurs(one.handler, handler))
  return EVENTS.flatMap((event) => {
    const now = own.filter((one) => one.event.toUpperCase() === event)
    if (now.length === 1 && now[0]?.handler === handler) return []
    const handlers = [...new Set(now.map((one) => one.handler))]
    const unbinds = handlers.map((old) => ({ method: 'event.unbind', params: { event, handler: old } }))
    return [...unbinds, { method: 'event.bind', params: { event, handler } }]
  })
}

/** The same page of ours, whatever its host was before we moved. */
function isOurs(address: string, handler: string): boolean {
  return URL.canParse(address) && new URL(address).pathname === new URL(handler).pathname
}

/** Registers everything. Gives what could not be. */
export async function register(call: Call, handler: string): Promise<{ what: string; code: string }[]> {
  const known = await call({ method: 'event.get', params: {}, priority: 'status', isRepeatable: true })
  if (!known.ok) return [{ what: 'event.get', code: known.code }]
  const commands = changesFor(boundIn(known.result), handler)
  const results: unknown[] = []
  for (const batch of batchesOf(commands)) {
    const answer = await call({ method: 'batch', params: batch, priority: 'status' })
    if (!answer.ok) return [{ what: 'batch', code: answer.code }]
    results.push(answer.result)
  }
  return batchMeanings(commands.length, results).flatMap(({ problem }, n) => {
    const { method, params } = commands[n] ?? { method: '', params: {} }
    return problem && method === 'event.bind' && !WITHOUT_IT_TOO.has(String(params['event']))
      ? [{ what: String(params['event']), code: problem.code }]
      : []
  })
}
