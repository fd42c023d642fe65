/** Bindings of channels and open lines, as a Portal object works on them: db/functions/217_portal_lines.sql. */
import * as z from 'zod'
import type { Database } from '../lib/sql.ts'

const Due = z.object({
  set: z.array(
    z.object({
      id: z.string(),
      connector: z.string(),
      line: z.number(),
      name: z.string(),
      phone: z.string(),
      signs: z.boolean(),
      isBroken: z.boolean(),
    }),
  ),
  clear: z.array(z.object({ id: z.string(), connector: z.string(), line: z.number(), isLast: z.boolean() })),
})
const Name = z.nullable(z.object({ memberId: z.string(), appId: z.nullable(z.string()) }))

/** What the portal has yet to learn; `all`: everything that stands. */
export async function linesDue(db: Database, portalId: string, all: boolean): Promise<z.infer<typeof Due>> {
  const [row] = await db.query('select portal_lines_due($1, $2) as due', [portalId, all])
  return Due.parse(row?.['due'])
}

/** What came of it; gives jobs. */
export async function lineTold(db: Database, lineId: string, problem: string | null): Promise<unknown> {
  const [row] = await db.query('select portal_line_told($1, $2) as jobs', [lineId, problem])
  return row?.['jobs']
}

/** The portal has forgotten a binding that ended. */
export async function lineCleared(db: Database, lineId: string): Promise<void> {
  await db.query('select portal_line_cleared($1)', [lineId])
}

/** A line is no longer ours, or no longer there (`connector` null); gives jobs. */
export async function lineLost(
  db: Database,
  portalId: string,
  connector: string | null,
  line: number,
  problem: string,
): Promise<unknown> {
  const [row] = await db.query('select portal_line_lost($1, $2, $3, $4) as jobs', [portalId, connector, line, problem])
  return row?.['jobs']
}

/** Which object a portal of this account is; null: it is not theirs. */
export async function portalInner(db: Database, accountId: string, portalId: string): Promise<z.infer<typeof Name>> {
  const [row] = await db.query('select portal_inner($1, $2) as inner_', [accountId, portalId])
  return Name.parse(row?.['inner_'] ?? null)
}
