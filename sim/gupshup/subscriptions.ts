/** Who is told what: reference/gupshup.md §4, Subscriptions. */
import { randomUUID } from 'node:crypto'
import { encode } from '../encode.ts'
import { fieldsOf, jsonIn, textOf } from '../lib/fields.ts'
import { bodyForm, fieldOf } from '../lib/http.ts'
import type { GupshupNumber, Subscription } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { refused, success } from './answers.ts'
import { bodyPart } from './second-format.ts'

const MODES =
  'MESSAGE SENT DELIVERED READ FAILED ENQUEUED DELETED DELETE OTHERS TEMPLATE ACCOUNT BILLING FLOWS_MESSAGE PAYMENTS COEXISTENCE ALL'.split(
    ' ',
  )
const MAX_PER_APP = 5
const BY_HAND = 'ui'

export function listSubscriptions({ number }: Call<GupshupNumber>): Handled {
  return success({ subscriptions: [...setByHand(number), ...number.subscriptions].map((each) => shown(number, each)) })
}

/** The callback of Gupshup's own page is one more subscription, which that page shows. */
function setByHand({ hookUrl, callbackVersion }: GupshupNumber): Subscription[] {
  if (hookUrl === null) return []
  return [{ id: BY_HAND, tag: 'ui', url: hookUrl, version: callbackVersion, modes: ['ALL'], active: true, headers: {} }]
}

/** Also probes the address with `sandbox-start` when `doCheck` is set (§5). */
export async function addSubscription(call: Call<GupshupNumber>): Promise<Handled> {
  const { sim, number, asked } = call
  if (number.subscriptions.length >= MAX_PER_APP) return refused(400, 'Maximum number of subscriptions reached')
  const form = await bodyForm(asked)
  const read = subscriptionIn(form, randomUUID())
  if (typeof read === 'string') return refused(400, read)
  if (number.subscriptions.some(({ tag }) => tag === read.tag)) return refused(400, 'Duplicate component tag')
  if (fieldOf(form, 'doCheck') === 'true' && !(await answersProbe(call, read)))
    return refused(400, 'Callback URL is not reachable')
  keep(call, [...number.subscriptions, read])
  sim.outbox.flush()
  return success({ subscription: shown(number, read) })
}

export async function changeSubscription(call: Call<GupshupNumber>): Promise<Handled> {
  const { number, names, asked } = call
  const known = number.subscriptions.find(({ id }) => id === names.sid)
  if (!known) return refused(404, 'Subscription not found')
  const read = subscriptionIn(await bodyForm(asked), known.id, known)
  if (typeof read === 'string') return refused(400, read)
  keep(
    call,
    number.subscriptions.map((each) => (each.id === known.id ? read : each)),
  )
  return success({ subscription: shown(number, read) })
}

/** Without an id it takes them all away, as the real one does. */
export function dropSubscription(call: Call<GupshupNumber>): Handled {
  const { number, names } = call
  const subscriptions = names.sid === undefined ? [] : number.subscriptions.filter(({ id }) => id !== names.sid)
  const hookUrl = names.sid === undefined || names.sid === BY_HAND ? null : number.hookUrl
  call.sim.world.record({ t: 'number', number: { ...number, subscriptions, hookUrl } })
  return success({})
}

function keep({ sim, number }: Call<GupshupNumber>, subscriptions: Subscription[]): void {
  sim.world.record({ t: 'number', number: { ...number, subscriptions } })
}

function subscriptionIn(form: FormData | undefined, id: string, known?: Subscription): Subscription | string {
  const given = (name: string) => fieldOf(form, name)
  const modes =
    given('modes') === ''
      ? (known?.modes ?? [])
      : given('modes')
          .split(',')
          .map((mode) => mode.trim())
  const url = given('url') || known?.url || ''
  const tag = given('tag') || known?.tag || ''
  const version = Number(given('version') || (known?.version ?? 2))
  if (!URL.canParse(url) || tag === '') return 'Invalid url or tag'
  if (version !== 2 && version !== 3) return 'Invalid version'
  if (modes.length === 0 || modes.some((mode) => !MODES.includes(mode))) return 'Invalid modes'
  const active = given('active') === '' ? (known?.active ?? true) : given('active') === 'true'
  return {
    id,
    tag,
    url,
    version,
    modes,
    active,
    headers: known?.headers && given('meta') === '' ? known.headers : headersIn(given('meta')),
  }
}

function headersIn(meta: string): Record<string, string> {
  const headers = fieldsOf(fieldsOf(jsonIn(meta)).headers)
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (textOf(value) ? [[name, String(value)]] : [])))
}

async function answersProbe({ sim, number }: Call<GupshupNumber>, { url, headers }: Subscription): Promise<boolean> {
  const part = bodyPart(number, 'user-event', sim.now(), { phone: 'callbackSetPhone', type: 'sandbox-start' })
  const probe = encode(number, [part], headers)
  const answer = await fetch(url, {
    method: 'POST',
    body: probe.body,
    headers: probe.headers,
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined)
  return answer?.ok === true
}

function shown({ id: appId }: GupshupNumber, { id, tag, url, version, modes, active }: Subscription): object {
  const mode = modes.reduce((sum, name) => sum + 2 ** MODES.indexOf(name), 0)
  return {
    id,
    appId,
    tag,
    url,
    version,
    mode,
    modes,
    active,
    showOnUI: false,
    createdOn: 1763000000000,
    modifiedOn: 1763000000000,
  }
}
