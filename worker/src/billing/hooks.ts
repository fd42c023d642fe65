/** `POST /hooks/stripe`, `POST /hooks/paypal`: verified over the raw bytes, stored sealed, answered. The gateway is asked nothing here. */
import type { App, Request } from '../http/app.ts'
import { readBody } from '../http/body.ts'
import { settingsOf } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal } from '../lib/seal.ts'
import { databaseOf } from '../lib/sql.ts'
import { storeEvent } from './billing.store.ts'
import type { GatewayName, Rejection } from './gateway.ts'
import { gatewayOf } from './registry.ts'

const MAX_BYTES = 1_000_000
const BODY_MS = 10_000

const REFUSED_WITH: Record<Rejection, number> = { unsigned: 401, wrong_signature: 401, too_old: 401, not_json: 400, away: 503 }

async function takeHook(c: Request, name: GatewayName): Promise<Response> {
  const gateway = gatewayOf(c.env, name)
  if (!gateway) throw new Refusal('not_found')
  const raw = await readBody(c.req.raw, MAX_BYTES, BODY_MS)
  const verified = await gateway.verify(raw, c.req.raw.headers)
  if (!verified.ok) {
    log('warn', { event: 'gateway_hook_refused', trace: c.var.traceId, gateway: name, code: verified.reason })
    return new Response(null, { status: REFUSED_WITH[verified.reason] })
  }
  const { news } = verified
  const place = `gateway_event|${name}|${news.eventId}`
  const sealed = await seal(new TextDecoder().decode(raw), place, settingsOf(c.env).keyring)
  const id = await storeEvent(databaseOf(c.env), name, news, sealed)
  // Its row is written: when the courier fails, the minute's sweep finds it.
  if (id !== null && news.about.length > 0)
    c.executionCtx.waitUntil(
      c.env.JOBS.send({ jobId: id, kind: 'gateway_event' }).catch((error: unknown) =>
        log('warn', { event: 'queue_send_failed', error: errorText(error) }),
      ),
    )
  return new Response(null, { status: 200 })
}

export function gatewayHooks(app: App): void {
  app.post('/hooks/stripe', (c) => takeHook(c, 'stripe'))
  app.post('/hooks/paypal', (c) => takeHook(c, 'paypal'))
}
