/** Everything of contract/push.ts. */
import * as push from '#contract/push.ts'
import type { Push } from '#contract/push.ts'
import { PUSH_KINDS } from '#contract/push-kinds.ts'
import * as z from 'zod'
import type { App, Request } from '../../http/app.ts'
import { serve } from '../../http/serve.ts'
import { callKnown, type Caller } from '../../identity/index.ts'
import { fromBase64 } from '../../lib/bytes.ts'
import { settingsOf } from '../../lib/env.ts'
import { log } from '../../lib/log.ts'
import { Refusal } from '../../lib/refusal.ts'
import { databaseOf } from '../../lib/sql.ts'
import { LANGUAGES } from '#contract/ids.ts'
import { noteRefused } from './deliver.ts'
import { pushOrigin } from './endpoint.rules.ts'
import { testPayload } from './payload.ts'
import { pushTested, type Settled } from './push.store.ts'
import { sendPush, type PushOutcome } from './send.ts'
import { urgencyOf } from './urgency.rules.ts'

const Stored = z.looseObject({ choice: z.looseObject({ muted: z.array(z.string()) }) })
const Inner = z.object({
  id: z.string(),
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  personId: z.string(),
  language: z.enum(LANGUAGES),
  badge: z.number(),
})

async function asked(c: Request, fn: string, args: object): Promise<{ caller: Caller; result: unknown }> {
  const { caller, result } = await callKnown(c, 'signed-in', fn, args)
  return { caller, result: JSON.parse(result) }
}

/** The database keeps what is switched off, so that a kind of tomorrow is on; people choose what is on. */
async function pushOf(c: Request, fn: string, args: object): Promise<Push> {
  const stored = Stored.parse((await asked(c, fn, args)).result)
  const { muted, ...choice } = stored.choice
  const kinds = PUSH_KINDS.filter((kind) => !muted.includes(kind))
  const publicKey = settingsOf(c.env).vapid?.publicKey ?? null
  return push.getPush.returns.parse({ ...stored, publicKey, choice: { ...choice, kinds } })
}

type Keys = { endpoint: string; p256dh: string; auth: string }

function mustReach(c: Request, { endpoint, p256dh, auth }: Keys): void {
  const { vapid, production } = settingsOf(c.env)
  if (!vapid) throw new Refusal('push_not_set_up')
  if (pushOrigin(endpoint, production) === null) {
    log('warn', { event: 'push_endpoint_refused', path: URL.canParse(endpoint) ? new URL(endpoint).host : 'none' })
    throw new Refusal('push_endpoint_refused')
  }
  if (sizeOf(p256dh) !== 65) throw new Refusal('bad_request', { where: 'p256dh' })
  if (sizeOf(auth) !== 16) throw new Refusal('bad_request', { where: 'auth' })
}

function sizeOf(base64: string): number {
  try {
    return fromBase64(base64).length
  } catch {
    return 0
  }
}

const STATES: Record<PushOutcome['outcome'], Settled['state']> = {
  sent: 'sent',
  gone: 'gone',
  refused: 'failed',
  again: 'failed',
}
const RESULTS = { sent: 'sent', gone: 'gone', refused: 'refused', again: 'later' } as const

async function test(
  c: Request,
  input: { pushDeviceId: string },
): Promise<{ result: 'sent' | 'gone' | 'refused' | 'later'; push: Push }> {
  const { vapid, production, appUrl } = settingsOf(c.env)
  if (!vapid) throw new Refusal('push_not_set_up')
  const { caller, result } = await asked(c, 'api_push_device_inner', input)
  const device = Inner.parse(result)
  const sent = await sendPush(device, testPayload(device, c.var.traceId, appUrl), urgencyOf('test'), { vapid, production })
  if (sent.outcome === 'refused') noteRefused(caller.account.id, device.endpoint, sent)
  const { id, endpoint } = device
  await pushTested(databaseOf(c.env), caller.account.id, { id, endpoint, state: STATES[sent.outcome], code: sent.code })
  return { result: RESULTS[sent.outcome], push: await pushOf(c, 'api_push', {}) }
}

/** Devices that push reaches, and what people want to hear of. */
export function pushRoutes(app: App): void {
  serve(app, push.getPush, (c) => pushOf(c, 'api_push', {}))
  serve(app, push.postPushDevice, (c, input) => {
    mustReach(c, input)
    return pushOf(c, 'api_push_device_post', { ...input, userAgent: c.req.header('user-agent') ?? null })
  })
  serve(app, push.rotatePushDevice, async (c, input) => {
    mustReach(c, input)
    return push.rotatePushDevice.returns.parse((await asked(c, 'api_push_device_rotate', input)).result)
  })
  serve(app, push.removePushDevice, (c, input) => pushOf(c, 'api_push_device_remove', input))
  serve(app, push.testPushDevice, test)
  serve(app, push.choosePush, (c, { kinds, ...choice }) =>
    pushOf(c, 'api_push_choose', { ...choice, muted: PUSH_KINDS.filter((kind) => !kinds.includes(kind)) }),
  )
  serve(app, push.getPushStanding, async (c) =>
    push.getPushStanding.returns.parse((await asked(c, 'api_push_standing', {})).result),
  )
  serve(app, push.seePush, async (c, input) => push.seePush.returns.parse((await asked(c, 'api_push_seen', input)).result))
}
