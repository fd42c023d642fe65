/** `POST /bitrix24/events`: stored by the portal's object, then answered. Bitrix24 never asks twice. */
import type { Request } from '../http/app.ts'
import { readBody } from '../http/body.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { log } from '../lib/log.ts'
import { appKeyOf } from './frame.ts'
import { PortalEvent, vouchFor } from './life.ts'
import { readPhpForm } from './php-form.rules.ts'
import { installerOf, settle } from './settle.ts'
import { portalOf } from './surroundings.ts'
import { languageOf } from './words.ts'

const MAX_BYTES = 1_000_000
const BODY_MS = 10_000

/** Forms as PHP writes them, and JSON. */
function eventIn(text: string): PortalEvent | null {
  try {
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : readPhpForm(text)
    return PortalEvent.safeParse(value).data ?? null
  } catch {
    return null
  }
}

/** An installation or update whose token we do not know: its own tokens prove it, or nothing does. */
async function proven(c: Request, appId: string | null, event: PortalEvent): Promise<boolean> {
  const vouched = await vouchFor(c.env, appId, event, Date.now())
  if (!vouched?.ok) return false
  const { portalId } = await portalOf(c.env, vouched.arrival).arrive(vouched.arrival)
  const language = languageOf(null)
  // Whose it is may be known only when somebody opens the installer's page.
  if (portalId === null) await settle(c.env, installerOf(vouched.arrival, language, vouched.timeZone), null)
  else await portalOf(c.env, vouched.arrival).updated(event.event.toUpperCase())
  return true
}

export async function takeEvent(c: Request): Promise<Response> {
  const raw = await readBody(c.req.raw, MAX_BYTES, BODY_MS)
  const event = eventIn(new TextDecoder().decode(raw))
  const appId = appKeyOf(c)
  if (!event || appId === undefined) return c.text('', 400)
  const name = event.event.toUpperCase()
  const object = portalOf(c.env, { appId, memberId: event.auth.member_id })
  const token = event.auth.application_token ?? ''
  // Nobody signs a payment's event: it is worth a look, and nothing more.
  const verdict =
    name === 'ONAPPPAYMENT' && token === ''
      ? await object.hint()
      : await object.event({ name, token, key: toHex(await sha256(raw)), body: JSON.stringify(event) })
  if (verdict === 'stored') return c.text('', 200)
  if ((name === 'ONAPPINSTALL' || name === 'ONAPPUPDATE') && (await proven(c, appId, event))) return c.text('', 200)
  log('warn', { event: 'portal_event_refused', trace: c.var.traceId, code: name })
  return c.text('', 403)
}
