/**
 * PostgreSQL through Neon's driver in HTTP mode: one round trip a statement, each statement its own transaction.
 * An error after the request left may have committed, so every write of ours can be repeated.
 */
import { neon, NeonDbError, neonConfig } from '@neondatabase/serverless'

export type DatabaseEnv = Pick<Cloudflare.Env, 'DATABASE_URL' | 'NEON_HTTP_URL'>

export type Row = Record<string, unknown>

export type Database = {
  /** Runs one statement. `timeoutMs` counts from the call. Throws {@link DatabaseProblem}. */
  query(text: string, params: unknown[], timeoutMs?: number): Promise<Row[]>
}

/** `again`: the same statement may succeed later (connection, overload, deadlock); otherwise it never will. */
export class DatabaseProblem extends Error {
  readonly again: boolean
  readonly code: string | undefined

  constructor(message: string, again: boolean, code: string | undefined) {
    super(message)
    this.name = 'DatabaseProblem'
    this.again = again
    this.code = code
  }
}

const USER_PATH_MS = 5_000
/** Connection failures, serialization, deadlock, shutdown, too many connections, lock and statement time-outs. */
const PASSING = /^(08...|40001|40P01|57P0[1-3]|57014|53...|55P03|58...)$/

function problemOf(error: unknown): DatabaseProblem {
  if (error instanceof NeonDbError) {
    // The proxy of Neon says "" when the connection broke in the middle of a query.
    const code = error.code || undefined
    const passing = code === undefined || PASSING.test(code)
    return new DatabaseProblem(error.message, passing, code)
  }
  return new DatabaseProblem(error instanceof Error ? error.message : String(error), true, undefined)
}

const databases = new Map<string, Database>()

/** The database of this environment. Holds no connection: every query stands alone. */
export function databaseOf(env: DatabaseEnv): Database {
  const known = databases.get(env.DATABASE_URL)
  if (known) return known
  const endpoint = env.NEON_HTTP_URL
  if (endpoint) neonConfig.fetchEndpoint = () => endpoint
  const sql = neon(env.DATABASE_URL)
  const database: Database = {
    async query(text, params, timeoutMs = USER_PATH_MS) {
      try {
        return await sql.query(text, params, { fetchOptions: { signal: AbortSignal.timeout(timeoutMs) } })
      } catch (error) {
        throw problemOf(error)
      }
    },
  }
  databases.set(env.DATABASE_URL, database)
  return database
}
