/** `batch`: up to 50 calls in one, later ones may use the results of earlier ones. reference/bitrix24.md §4.2. */
import { isFields } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { phpMap, readPhpForm } from '../../lib/php.ts'
import { RestError } from '../service.ts'
import { Page } from './page.ts'
import { errorBody } from './answer.ts'
import type { Time } from './answer.ts'
import { isYes } from './params.ts'

type RunOne = (method: string, params: Fields) => Promise<{ result: unknown; time: Time }>

const MOST = 50

/** Runs the commands in their order; a failure is told beside the results, and with `halt` nothing runs after it. */
export async function runBatch(params: Fields, runOne: RunOne): Promise<object> {
  const commands = Object.entries(isFields(params.cmd) ? params.cmd : Array.isArray(params.cmd) ? { ...params.cmd } : {})
  const results: Record<string, unknown> = {}
  const errors: Record<string, object> = {}
  const totals: Record<string, number> = {}
  const nexts: Record<string, number> = {}
  const times: Record<string, Time> = {}
  for (const [index, [name, command]] of commands.entries()) {
    try {
      if (index >= MOST) throw new RestError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded')
      const { method, given } = readCommand(String(command))
      if (method === 'batch') throw new RestError(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage')
      const { result, time } = await runOne(method, filled(given, results))
      results[name] = result instanceof Page ? result.items : result
      if (result instanceof Page && result.total >= 0) totals[name] = result.total
      if (result instanceof Page && result.next !== undefined) nexts[name] = result.next
      times[name] = time
    } catch (error) {
      if (!(error instanceof RestError)) throw error
      errors[name] = errorBody(error)
      if (isYes(params.halt)) break
    }
  }
  return {
    ...{ result: phpMap(results), result_error: phpMap(errors), result_total: phpMap(totals) },
    ...{ result_next: phpMap(nexts), result_time: phpMap(times) },
  }
}

function readCommand(command: string): { method: string; given: Fields } {
  const [method = '', ...query] = command.split('?')
  return { method: method.toLowerCase().replace(/\.json$/, ''), given: readPhpForm(query.join('?')) }
}

const REFERENCE = /\$result((?:\[[^\]]+\])+)/g

/** `$result[user][UF_DEPARTMENT][0]`: alone it is the value itself, within a text its words. */
function filled(given: Fields, results: Fields): Fields {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filledValue(value, results)]))
}

function filledValue(value: unknown, results: Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => filledValue(item, results))
  if (isFields(value)) return filled(value, results)
  if (typeof value !== 'string') return value
  const whole = new RegExp(`^${REFERENCE.source}$`).exec(value)
  if (whole) return reach(results, whole[1] ?? '')
  return value.replaceAll(REFERENCE, (_, path: string) => String(reach(results, path) ?? ''))
}

function reach(results: Fields, path: string): unknown {
  let value: unknown = results
  for (const part of path.slice(1, -1).split('][')) {
    if (Array.isArray(value)) value = value[Number(part)]
    else value = isFields(value) ? value[part] : undefined
  }
  return value
}
