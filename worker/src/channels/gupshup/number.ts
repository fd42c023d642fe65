/** What Gupshup tells of an app's number, and where it sends its hooks: reference/gupshup.md §3 and §4. */
import type { Line, NumberDetails, Told, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, listOf, nameOf, textOf } from '../../lib/untrusted.ts'
import { addressOf, gupshupOf, signedHeaders } from './api.ts'
import { failureOf } from './errors.ts'

const QUALITY = { GREEN: 'high', YELLOW: 'medium', RED: 'low' } as const
/** Statuses are off unless they are asked for (§4). */
const MODES = 'MESSAGE,SENT,DELIVERED,READ,FAILED,ENQUEUED,TEMPLATE,ACCOUNT,BILLING,OTHERS'
const SILENT = { phone: null, name: null, state: null, quality: null, limit: null, throughput: null }

export async function details(line: Line, wire: Wire): Promise<Told<NumberDetails>> {
  const subscriptions = await askFor(line, wire, 'subscription', { method: 'GET' })
  if (!isGood(subscriptions)) return refused(subscriptions)
  // Only a partner's token is told how the account does.
  const account = gupshupOf(line).access === 'partner' ? await askFor(line, wire, 'waba/info', { method: 'GET' }) : null
  if (account && !isGood(account)) return refused(account)
  return {
    ok: true,
    value: {
      number: account ? numberOf(account.json) : SILENT,
      hooks: subscribed(subscriptions.json).map(({ url }) => url),
      profile: null,
    },
  }
}

function numberOf(json: unknown): NumberDetails['number'] {
  const info = fieldsOf(fieldsOf(json).wabaInfo)
  const quality = nameOf(info.phoneQuality, 20)
  return {
    phone: textOf(info.phone)?.replaceAll(/\D/g, '') || null,
    name: nameOf(info.verifiedName) ?? null,
    state: nameOf(info.accountStatus, 40) ?? null,
    quality:
      quality === undefined
        ? null
        : quality === 'GREEN' || quality === 'YELLOW' || quality === 'RED'
          ? QUALITY[quality]
          : 'unknown',
    limit: nameOf(info.messagingLimit, 40) ?? null,
    throughput: nameOf(info.throughput, 40) ?? null,
  }
}

type Subscribed = { id: string; url: string }

function subscribed(json: unknown): Subscribed[] {
  return listOf(fieldsOf(json).subscriptions).flatMap((each) => {
    const { id, url, active } = fieldsOf(each)
    const [name, address] = [idOf(id), textOf(url)]
    return name && address && active !== false ? [{ id: name, url: address }] : []
  })
}

/**
 * A subscription that Gupshup probes before it takes it: its "yes" proves the way there and back. Ours of before go
 * only after that, so nothing is missed; what is not ours is never touched. While both stand, events come twice, which
 * their ids make harmless.
 */
export async function connectHook(line: Line, wire: Wire, url: string): Promise<Told<null>> {
  const before = await askFor(line, wire, 'subscription', { method: 'GET' })
  if (!isGood(before)) return refused(before)
  const version = gupshupOf(line).access === 'partner' ? '3' : '2'
  const form = {
    modes: MODES,
    tag: `wb24${Date.now().toString(36)}`,
    url,
    version,
    showOnUI: 'false',
    active: 'true',
    doCheck: 'true',
  }
  const made = await askFor(line, wire, 'subscription', { method: 'POST', body: new URLSearchParams(form).toString() })
  if (!isGood(made)) return { ok: false, error: subscriptionError(made) }
  for (const old of subscribed(before.json).filter((each) => each.url === url))
    await askFor(line, wire, `subscription/${encodeURIComponent(old.id)}`, { method: 'DELETE' })
  return { ok: true, value: null }
}

function subscriptionError(answer: Answer) {
  const { error } = refused(answer)
  if (!answer.came || answer.status !== 400) return error
  return { ...error, code: /maximum/i.test(answer.text) ? ('hook_slots_full' as const) : ('hook_refused' as const) }
}

function askFor(line: Line, wire: Wire, resource: string, init: { method: string; body?: string }): Promise<Answer> {
  const path = { selfServe: `wa/app/${encodeURIComponent(gupshupOf(line).appId)}/${resource}`, partner: resource }
  const type: Record<string, string> = init.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  return ask(wire, addressOf(line, path), { ...init, headers: { ...signedHeaders(line), accept: 'application/json', ...type } })
}

function isGood(answer: Answer): answer is Answer & { came: true } {
  return answer.came && answer.status >= 200 && answer.status < 300 && fieldsOf(answer.json).status !== 'error'
}

/** What is asked here may be asked again: without an answer the provider was just not there. */
function refused(answer: Answer): { ok: false; error: ReturnType<typeof failureOf>['error'] } {
  const { outcome, error } = failureOf(answer)
  return { ok: false, error: outcome === 'unknown' ? { ...error, code: 'provider_unreachable' } : error }
}
