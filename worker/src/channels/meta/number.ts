/** What Graph tells of a number, where it sends its hooks, and its profile: reference/meta-cloud-api.md §2 and §12. */
import type { Profile } from '#contract/channel-provider.ts'
import type { Line, NumberDetails, Told, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, isFields, listOf, nameOf, textOf } from '../../lib/untrusted.ts'
import { failureOf } from './errors.ts'
import { bearer, getGraph, graphUrl, metaOf, postToNumber } from './graph.ts'

const FIELDS =
  'display_phone_number,verified_name,status,quality_rating,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration'
const PROFILE_FIELDS = 'about,address,description,email,websites'
const QUALITY = { GREEN: 'high', YELLOW: 'medium', RED: 'low' } as const

export async function details(line: Line, wire: Wire): Promise<Told<NumberDetails>> {
  const id = encodeURIComponent(metaOf(line).phoneNumberId)
  const [answer, profile] = await Promise.all([
    getGraph(line, wire, `${id}?fields=${FIELDS}`),
    getGraph(line, wire, `${id}/whatsapp_business_profile?fields=${PROFILE_FIELDS}`),
  ])
  if (!isGood(answer)) return refused(answer)
  const number = fieldsOf(answer.json)
  return {
    ok: true,
    value: {
      number: {
        phone: textOf(number.display_phone_number)?.replaceAll(/\D/g, '') ?? null,
        name: nameOf(number.verified_name) ?? null,
        state: nameOf(number.status, 40) ?? null,
        quality: qualityOf(number.quality_rating),
        limit: nameOf(number.whatsapp_business_manager_messaging_limit, 40) ?? null,
        throughput: nameOf(fieldsOf(number.throughput).level, 40) ?? null,
      },
      hooks: hooksOf(number.webhook_configuration),
      profile: isGood(profile) ? profileOf(profile.json) : null,
    },
  }
}

function qualityOf(word: unknown): NumberDetails['number']['quality'] {
  const name = nameOf(word, 20)
  if (name === undefined) return null
  return name === 'GREEN' || name === 'YELLOW' || name === 'RED' ? QUALITY[name] : 'unknown'
}

/** The number's own address wins over the account's, and that over the app's. */
function hooksOf(told: unknown): string[] | null {
  if (!isFields(told)) return null
  const address = textOf(told.phone_number) ?? textOf(told.whatsapp_business_account) ?? textOf(told.application)
  return address ? [address] : []
}

function profileOf(json: unknown): Profile {
  const given = fieldsOf(listOf(fieldsOf(json).data)[0])
  return {
    about: textOf(given.about, 139) ?? '',
    description: textOf(given.description, 512) ?? '',
    address: textOf(given.address, 256) ?? '',
    email: textOf(given.email, 128) ?? '',
    websites: listOf(given.websites, 2).flatMap((site) => textOf(site, 256) ?? []),
  }
}

/**
 * The app hears of the account's numbers, and this number's hooks go to this address: Graph calls it with the verify
 * token and registers it only when our answer is right, so its "yes" proves the way there and back.
 */
export async function connectHook(line: Line, wire: Wire, url: string): Promise<Told<null>> {
  const { wabaId, verifyToken, phoneNumberId } = metaOf(line)
  if (wabaId) {
    const subscribed = await post(line, wire, `${encodeURIComponent(wabaId)}/subscribed_apps`, {})
    if (!isGood(subscribed)) return refused(subscribed)
  }
  const webhook = { override_callback_uri: url, verify_token: verifyToken ?? '' }
  const answer = await post(line, wire, encodeURIComponent(phoneNumberId), { webhook_configuration: webhook })
  if (isGood(answer)) return { ok: true, value: null }
  const { error } = failureOf(answer)
  // Graph's word for an address that did not answer its question.
  return { ok: false, error: error.providerCode === '2200' ? { ...error, code: 'hook_refused' } : error }
}

export async function saveProfile(line: Line, wire: Wire, profile: Profile): Promise<Told<null>> {
  const answer = await postToNumber(line, wire, 'whatsapp_business_profile', { messaging_product: 'whatsapp', ...profile })
  return isGood(answer) ? { ok: true, value: null } : refused(answer)
}

function post(line: Line, wire: Wire, path: string, body: object): Promise<Answer> {
  const headers = { ...bearer(line), 'content-type': 'application/json' }
  return ask(wire, graphUrl(line, path), { method: 'POST', headers, body: JSON.stringify(body) })
}

function isGood(answer: Answer): answer is Answer & { came: true } {
  return answer.came && answer.status === 200
}

/** What is asked here may be asked again: without an answer the provider was just not there. */
function refused(answer: Answer): { ok: false; error: ReturnType<typeof failureOf>['error'] } {
  const { outcome, error } = failureOf(answer)
  return { ok: false, error: outcome === 'unknown' ? { ...error, code: 'provider_unreachable' } : error }
}
