/** Makes a portal agree with what is bound to its open lines: connectors registered, active on their line, with their data; or gone. */
import type { Called, Wanted } from './call-queue.ts'
import { dataOf, registration, titleOf, type LineToSet } from './lines.rules.ts'
import { asMap, isYes } from './rest/answers.ts'

export type Call = (wanted: Wanted) => Promise<Called>
export type Refused = Extract<Called, { ok: false }>
export type LineToClear = { id: string; connector: string; line: number; isLast: boolean }

/** Everything here may be asked twice, and what belongs to one line leaves in order. */
export function asking(call: Call, order: string) {
  return (method: string, params: Record<string, unknown>): Promise<Called> =>
    call({ method, params, priority: 'status', order, isRepeatable: true })
}

/** A binding that stands in the portal after this, or why it does not. */
export async function setLine(call: Call, handler: string, line: Omit<LineToSet, 'id'>): Promise<Refused | null> {
  const ask = asking(call, `line|${line.connector}`)
  const where = { CONNECTOR: line.connector, LINE: line.line }
  for (const [method, params] of [
    ['imconnector.register', registration(line.connector, titleOf(line.name), handler, line.signs)],
    ['imconnector.activate', { ...where, ACTIVE: '1' }],
    ['imconnector.connector.data.set', dataOf(line)],
  ] as const) {
    const called = await ask(method, params)
    if (!called.ok) return called
  }
  const status = await ask('imconnector.status', where)
  if (!status.ok) return status
  if (isYes(asMap(status.result)['STATUS'])) return null
  return { ok: false, kind: 'denied', code: 'not_configured', text: '', againAt: null }
}

const PASSING: ReadonlySet<string> = new Set(['later', 'lost', 'pace', 'method_limit', 'overload', 'retry'])

/** Whether a refusal says only that the same is worth another try. */
export const isPassing = (kind: Refused['kind']): boolean => PASSING.has(kind)

/** A portal says this of a connector or line that is not there: it is gone already. */
const GONE: ReadonlySet<string> = new Set(['bug', 'denied', 'missing', 'gone'])

/** A binding that ended is gone from the portal after this; false: nobody could be asked. */
export async function clearLine(call: Call, { connector, line, isLast }: LineToClear): Promise<boolean> {
  const ask = asking(call, `line|${connector}`)
  const off = await ask('imconnector.activate', { CONNECTOR: connector, LINE: line, ACTIVE: '0' })
  if (!off.ok && !GONE.has(off.kind)) return false
  if (!isLast) return true
  const gone = await ask('imconnector.unregister', { ID: connector })
  return gone.ok || GONE.has(gone.kind)
}
