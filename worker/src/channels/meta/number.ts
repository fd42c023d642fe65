/** What Graph tells of a number, where it sends its hooks, and its profile: reference/meta-cloud-api.md §2 and §12. */
import type { Line, NumberDetails, Told, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, isFields, nameOf, textOf } from '../../lib/untrusted.ts'
import { isGood, refused } from './answers.ts'
import { failureOf } from './errors.ts'
import { bearer, getGraph, graphUrl, metaOf } from './graph.ts'
import { readProfile } from './profile.ts'

const FIELDS =
  'display_phone_number,verified_name,status,quality_rating,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration,' +
  'code_verification_status,platform_type,account_mode,health_status'
const QUALITY = { GREEN: 'high', YELLOW: 'medium', RED: 'low' } as const

export async function details(line: Line, wire: Wire): Promise<Told<NumberDetails>> {
  const id = encodeURIComponent(metaOf(line).phoneNumberId)
  const { wabaId } = metaOf(line)
  const [answer, profile, account] = await Promise.all([
    getGraph(line, wire, `${id}?fields=${FIELDS}`),
    readProfile(line, wire),
    wabaId ? getGraph(line, wire, `${encodeURIComponent(wabaId)}?fields=id,name,business_verification_status`) : null,
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
        account: accountOf(account),
        hosting: nameOf(number.platform_type, 40) ?? null,
        verification: verificationOf(account) ?? nameOf(number.code_verification_status, 40) ?? null,
        canSend: nameOf(fieldsOf(number.health_status).can_send_message, 20) ?? null,
        sandbox: number.account_mode === 'SANDBOX',
        // Meta has no app of ours to name, and no wallet: it bills the account.
        app: null,
        wallet: null,
      },
      hooks: hooksOf(number.webhook_configuration),
      profile,
    },
  }
}

/** As Graph itself names the account, not as somebody typed its id. */
function accountOf(answer: Answer | null): NumberDetails['number']['account'] {
  const given = answer && isGood(answer) ? fieldsOf(answer.json) : {}
  const id = idOf(given.id, 40)
  return id === undefined ? null : { id, name: nameOf(given.name) ?? null }
}

/** The company's own verification, which decides how many may be written to. */
function verificationOf(answer: Answer | null): string | undefined {
  return answer && isGood(answer) ? nameOf(fieldsOf(answer.json).business_verification_status, 40)?.toUpperCase() : undefined
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

function post(line: Line, wire: Wire, path: string, body: object): Promise<Answer> {
  const headers = { ...bearer(line), 'content-type': 'application/json' }
  return ask(wire, graphUrl(line, path), { method: 'POST', headers, body: JSON.stringify(body) })
}
