/** When a number's connection changed, kept by its Session object: one row for each change, never one for each sign of life. */
import type { Standing } from '#contract/session-node.ts'
import type { UptimeState } from '#contract/uptime.ts'

/** A little more than the longest report asks for. */
const KEPT_MS = 32 * 86_400_000
/** A number that blinks all day long stays bounded too. */
const KEPT_ROWS = 5_000

type Row = { at: number; state: UptimeState; code: string | null }

/** How a standing counts. `hasLink`: its node is there; what it said last holds only then. */
export function uptimeStateOf({ state, code }: Standing, hasLink: boolean): Omit<Row, 'at'> {
  switch (state) {
    case 'unlinked':
    case 'linking':
      return { state: 'off', code: null }
    case 'logged_out':
      return { state, code: code ?? 'session_logged_out' }
    case 'blocked':
      return { state, code: code ?? 'session_blocked' }
    case 'replaced':
      return { state: 'away', code: code ?? 'session_replaced' }
    case 'refused':
      return { state: 'away', code: code ?? 'session_refused' }
    case 'open':
      return hasLink ? { state: 'up', code: null } : { state: 'reconnecting', code: 'session_no_node' }
    case 'connecting':
    case 'reconnecting':
      return { state: 'reconnecting', code: hasLink ? (code ?? 'session_away') : 'session_no_node' }
  }
}

export class SessionUptime {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec('create table if not exists uptime (at integer primary key, state text not null, code text)')
  }

  /** From `at` on it stands so; nothing new changes nothing. What happened earlier than the last change happened then. */
  note(row: Row): void {
    const [last] = this.sql.exec<Row>('select at, state, code from uptime order by at desc limit 1').toArray()
    if (last?.state === row.state && last.code === row.code) return
    // Two within a millisecond: the later word holds.
    this.sql.exec(
      'insert or replace into uptime (at, state, code) values (?, ?, ?)',
      Math.max(row.at, last?.at ?? 0),
      row.state,
      row.code,
    )
  }

  /** The changes since then, and the one before, which says how it stood. */
  since(at: number): Row[] {
    return this.sql
      .exec<Row>(
        'select at, state, code from uptime where at >= coalesce((select max(at) from uptime where at <= ?), 0) order by at',
        at,
      )
      .toArray()
  }

  /** Forgets what no report asks for; how it stands now is never forgotten. */
  sweep(now: number): void {
    this.sql.exec('delete from uptime where at < (select max(at) from uptime where at <= ?)', now - KEPT_MS)
    this.sql.exec('delete from uptime where at < (select at from uptime order by at desc limit 1 offset ?)', KEPT_ROWS - 1)
  }
}
