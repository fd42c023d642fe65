/**
 * From the frame on a phone into its own browser: who is in the frame gets a code that is good once, for a minute, and our page there
 * changes it for the ordinary session. Nobody is signed in as somebody else without saying so: not where another one is signed in, and
 * not by a link that a foreign page leads to.
 */
import * as z from 'zod'
import type { Request } from '../../http/app.ts'
import { readBody } from '../../http/body.ts'
import { call, keepSession, newToken, refuseForeignOrigin, tokenHash } from '../../identity/index.ts'
import { sha256, toHex } from '../../lib/bytes.ts'
import { settingsOf } from '../../lib/env.ts'
import { Refusal } from '../../lib/refusal.ts'
import { databaseOf } from '../../lib/sql.ts'

const Asked = z.object({
  code: z.string().check(z.regex(/^[\w-]{20,200}$/)),
  /** The page was opened by the phone itself or by our own frame, not by a link of somebody's page. */
  isDirect: z.boolean(),
  /** The person has read as whom they would be signed in, and wants it. */
  isSure: z.boolean(),
})
const Whose = z.nullable(z.object({ personId: z.string(), name: z.string(), company: z.string(), language: z.string() }))

/** `POST /bitrix24/exit`: the address to open in the phone's browser. The code stands behind `#`, which no server is told. */
export async function makeExit(c: Request): Promise<Response> {
  const code = newToken()
  const { result } = await call(c, 'signed-in', 'api_portal_exit_make', { hash: toHex(await sha256(code)) })
  const { until } = z.object({ until: z.string() }).parse(JSON.parse(result ?? '{}'))
  return c.json({ address: `${settingsOf(c.env).appUrl}/bitrix24/entry#${code}`, until })
}

/** `POST /bitrix24/entry`: what our page does with the code. Refuses link_spent, origin_refused. */
export async function enterHere(c: Request): Promise<Response> {
  refuseForeignOrigin(c)
  const asked = Asked.safeParse(bodyIn(new TextDecoder().decode(await readBody(c.req.raw, 2_000, 10_000))))
  if (!asked.success) throw new Refusal('link_spent')
  const { code, isDirect, isSure } = asked.data
  const db = databaseOf(c.env)
  const hash = `\\x${toHex(await sha256(code))}`
  const [row] = await db.query('select portal_exit_read($1) as whose', [hash])
  const whose = Whose.parse(row?.['whose'] ?? null)
  if (!whose) throw new Refusal('link_spent')
  const here = await signedInHere(c)
  if (here && here.id !== whose.personId) return c.json({ state: 'taken', name: here.name })
  if (!here && !isDirect && !isSure) return c.json({ state: 'ask', name: whose.name, company: whose.company })
  const token = here ? null : newToken()
  const agent = c.req.header('user-agent') ?? ''
  const [used] = await db.query('select portal_exit_use($1, $2, $3) as used', [hash, token && (await tokenHash(token)), agent])
  if (used?.['used'] !== true) throw new Refusal('link_spent')
  if (token !== null) keepSession(c, token)
  return c.json({ state: 'entered' })
}

async function signedInHere(c: Request): Promise<{ id: string; name: string } | null> {
  try {
    return (await call(c, 'signed-in', null, {})).caller.person
  } catch (error) {
    if (error instanceof Refusal && error.code === 'signed_out') return null
    throw error
  }
}

function bodyIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
