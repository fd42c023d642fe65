/** Conversations of a portal follow the names of our contacts: as many in one request as fit, after everything that is more urgent. */
import { Language } from '#contract/ids.ts'
import * as z from 'zod'
import type { Database } from '../../lib/sql.ts'
import type { Called, Wanted } from '../call-queue.ts'
import { isPassing } from '../lines.ts'
import { nameFor } from '../outgoing/names.rules.ts'
import { wordsIn } from '../outgoing/words.ts'
import { batchesOf, batchMeanings } from '../rest/batch.ts'

const Row = z.object({
  ...{ id: z.string(), dueAt: z.string(), connector: z.string(), line: z.number(), externalId: z.string() },
  ...{ name: z.nullable(z.string()), language: Language },
})
const Due = z.object({ rows: z.array(Row), nextAt: z.nullable(z.string()) })
type Outcome = { id: string; dueAt: string; code?: string; text?: string; afterMs?: number }

const AT_ONCE = 50
const AGAIN_MS = 60_000
const QUERY_MS = 15_000

/** Until every name is told. Gives when one is due again; null: never. */
export async function tellNames(
  db: Database,
  portalId: string,
  call: (wanted: Wanted) => Promise<Called>,
): Promise<number | null> {
  for (;;) {
    const [found] = await db.query('select portal_names_take($1, $2) as due', [portalId, AT_ONCE], QUERY_MS)
    const { rows, nextAt } = Due.parse(found?.['due'])
    if (rows.length === 0) return nextAt === null ? null : Date.parse(nextAt)
    const commands = rows.map(({ connector, line, externalId, name, language }) => {
      const named = nameFor(name, wordsIn(language).customer)
      const NAME = `${named.name} ${named.last_name}`.trim()
      const params = { CONNECTOR: connector, LINE: line, CHAT_ID: externalId, USER_ID: externalId, NAME }
      return { method: 'imconnector.chat.name.set', params }
    })
    const [params] = batchesOf(commands)
    const called = await call({ method: 'batch', params: { ...params }, priority: 'sync', isRepeatable: true })
    const meanings = called.ok ? batchMeanings(rows.length, [called.result]) : null
    const outcomes = rows.map(({ id, dueAt }, n): Outcome => {
      const problem = meanings ? meanings[n]?.problem : { kind: 'retry' as const, code: '', text: '' }
      if (!problem) return { id, dueAt }
      // A conversation that the portal does not find any more has no name.
      return isPassing(problem.kind) ? { id, dueAt, afterMs: AGAIN_MS } : { id, dueAt, code: problem.code, text: problem.text }
    })
    await db.query('select portal_names_settle($1, $2)', [portalId, JSON.stringify(outcomes)], QUERY_MS)
    if (!called.ok) return Date.now() + AGAIN_MS
  }
}
