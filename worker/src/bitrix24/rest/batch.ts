/** Several calls in one request: at most fifty, each an address with its query encoded once (reference/bitrix24.md §4.2). */
import { asMap, meaningOf, type Meaning } from './answers.ts'

export type Command = { method: string; params: Record<string, unknown> }
const MAX = 50

/** In pieces that one batch takes. Names are their places in the list. */
export function batchesOf(commands: readonly Command[]): { halt: 0; cmd: Record<string, string> }[] {
  const batches: { halt: 0; cmd: Record<string, string> }[] = []
  for (let from = 0; from < commands.length; from += MAX) {
    const piece = commands
      .slice(from, from + MAX)
      .map(({ method, params }, n) => [`c${from + n}`, `${method}?${queryOf(params)}`])
    batches.push({ halt: 0, cmd: Object.fromEntries(piece) })
  }
  return batches
}

/** What each command came to, in the order in which they were given; a command that is in neither map was not reached. */
export function batchMeanings(commands: number, results: readonly unknown[]): Meaning[] {
  const oks = Object.assign({}, ...results.map((result) => named(asMap(result)['result'])))
  const errors = Object.assign({}, ...results.map((result) => named(asMap(result)['result_error'])))
  const all = asMap(oks)
  const refused = asMap(errors)
  return Array.from({ length: commands }, (_, n) => {
    const error = refused[`c${n}`]
    // Errors inside a batch come without a status of their own; what they mean is in their code.
    if (error !== undefined) return meaningOf(400, error)
    return meaningOf(200, { result: all[`c${n}`] })
  })
}

function named(value: unknown): Record<string, unknown> {
  return asMap(value)
}

/** PHP's form of nested values: `DATA[ID]=7`. */
function queryOf(params: Record<string, unknown>, prefix = ''): string {
  return Object.entries(params)
    .flatMap(([key, value]) => {
      const name = prefix === '' ? key : `${prefix}[${key}]`
      if (value === null || value === undefined) return []
      if (typeof value === 'object') return [queryOf({ ...value }, name)]
      return [`${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'boolean' ? Number(value) : String(value))}`]
    })
    .filter((part) => part !== '')
    .join('&')
}
