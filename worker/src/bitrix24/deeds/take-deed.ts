/** `POST /bitrix24/robot`: what a robot or a sender of ours is asked in a portal. Stored by the portal's object, then answered. */
import * as z from 'zod'
import type { Request } from '../../http/app.ts'
import { readBody } from '../../http/body.ts'
import { sha256, toHex } from '../../lib/bytes.ts'
import type { Env } from '../../lib/env.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import { appKeyOf } from '../frame.ts'
import { readPhpForm } from '../php-form.rules.ts'
import { portalOf } from '../surroundings.ts'
import { deedIn, type Deed } from './deed.ts'
import { deedHeard } from './deeds.store.ts'

const MAX_BYTES = 200_000
const BODY_MS = 10_000
/** How a deed is called among the events that a portal's object keeps. */
export const DEED = 'DEED'

const Auth = z.looseObject({
  member_id: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  application_token: z.optional(z.string()),
})

function postedIn(text: string): Record<string, unknown> | null {
  try {
    return text.startsWith('{') ? z.looseObject({}).parse(JSON.parse(text)) : readPhpForm(text)
  } catch {
    return null
  }
}

export async function takeDeed(c: Request): Promise<Response> {
  const posted = postedIn(new TextDecoder().decode(await readBody(c.req.raw, MAX_BYTES, BODY_MS)))
  const deed = posted && deedIn(posted)
  const auth = Auth.safeParse(posted?.['auth']).data
  const appId = appKeyOf(c)
  if (!deed || !auth || appId === undefined) return c.text('', 400)
  const { member_id: memberId, application_token: token = '' } = auth
  // Of what it is, not of how it came: the same token twice is one message.
  const key = `${deed.kind}|${toHex(await sha256(deed.key))}`
  const body = JSON.stringify({ event: DEED, data: deed, auth: { member_id: memberId } })
  const verdict = await portalOf(c.env, { appId, memberId }).event({ name: DEED, token, key, body })
  if (verdict === 'stored') return c.text('', 200)
  log('warn', { event: 'portal_deed_refused', trace: c.var.traceId, code: deed.kind })
  return c.text('', 403)
}

/** Writes a stored deed where its work begins. Throws while the database is away. */
export async function beginDeed(env: Env, portalId: string, deed: Deed): Promise<void> {
  await wakeJobs(env, await deedHeard(databaseOf(env), portalId, deed))
}
