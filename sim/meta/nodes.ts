/** Numbers, business accounts, templates and subscriptions of the simulated Graph: reference/meta-cloud-api.md §2, §12, §14. */
import { fieldsOf, jsonIn, textOf } from '../lib/fields.ts'
import { json } from '../lib/http.ts'
import type { MetaNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { templatesOf } from '../kept-templates.ts'
import { componentsOf, metaTemplateId } from '../templates.ts'
import type { Template } from '../model.ts'
import { graphError, invalid, noSuchObject } from './answers.ts'
import { describeMedia } from './files.ts'
import { metaNumbers } from './numbers.ts'

/** `GET /<id>`: a file, a number or a business account, whichever has this id. */
export function readNode(call: Call<MetaNumber>): Handled {
  const { sim, names, number, asked } = call
  const id = names.id ?? ''
  const media = sim.world.media.get(id)
  if (media) return describeMedia(call, media)
  const fields = asked.query.get('fields')
  if (id === number.id) return { reply: json(200, chosen(numberNode(number), fields)) }
  if (id === number.wabaId)
    return {
      reply: json(
        200,
        chosen({ id, name: number.name, currency: 'USD', timezone_id: '95', business_verification_status: 'verified' }, fields),
      ),
    }
  const template = templatesOf(sim, number.wabaId).find((each) => metaTemplateId(number.wabaId, each) === id)
  return template ? { reply: json(200, templateNode(number, template)) } : notThere(id, 'GET')
}

function numberNode(number: MetaNumber): Record<string, unknown> {
  return {
    verified_name: number.name,
    code_verification_status: 'VERIFIED',
    display_phone_number: displayed(number.phone),
    quality_rating: number.told?.quality ?? 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    status: 'CONNECTED',
    name_status: 'APPROVED',
    is_pin_enabled: true,
    account_mode: number.told?.sandbox === true ? 'SANDBOX' : 'LIVE',
    whatsapp_business_manager_messaging_limit: number.told?.limit ?? 'TIER_2K',
    webhook_configuration: { ...(number.hookUrl !== null && { application: number.hookUrl }) },
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [{ entity_type: 'PHONE_NUMBER', id: number.id, can_send_message: 'AVAILABLE' }],
    },
    id: number.id,
  }
}

const USUAL = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
]

/** Without `fields` Graph gives a few of them; the id always comes. */
function chosen(node: Record<string, unknown>, fields: string | null): Record<string, unknown> {
  const names = fields === null ? USUAL : fields.split(',').map((name) => name.trim())
  const known = names.filter((name) => name !== 'id' && node[name] !== undefined)
  return { ...Object.fromEntries(known.map((name) => [name, node[name]])), id: node.id }
}

function displayed(phone: string): string {
  return phone.length > 9
    ? `+${phone.slice(0, -9)} ${phone.slice(-9, -7)} ${phone.slice(-7, -4)} ${phone.slice(-4)}`
    : `+${phone}`
}

export function listNumbers({ sim, names, number }: Call<MetaNumber>): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'GET')
  const mine = metaNumbers(sim).filter(
    ({ wabaId, accessToken }) => wabaId === number.wabaId && accessToken === number.accessToken,
  )
  return {
    reply: json(200, {
      data: mine.map((each) => chosen(numberNode(each), null)),
      paging: { cursors: { before: 'QVFI', after: 'QVFI' } },
    }),
  }
}

export function listTemplates({ sim, names, number, asked }: Call<MetaNumber>): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'GET')
  const name = asked.query.get('name')
  const found = templatesOf(sim, number.wabaId).filter((template) => name === null || template.name.includes(name))
  const after = Number(asked.query.get('after') ?? 0) || 0
  const limit = Number(asked.query.get('limit') ?? 25) || 25
  const page = found.slice(after, after + limit)
  const end = after + page.length
  const paging = {
    cursors: { before: String(after), after: String(end) },
    ...(end < found.length && { next: `${asked.origin}/meta${asked.path}` }),
  }
  return { reply: json(200, { data: page.map((template) => templateNode(number, template)), paging }) }
}

function templateNode(number: MetaNumber, template: Template): object {
  const { name, language, category, status, format } = template
  return {
    name,
    parameter_format: format,
    components: componentsOf(template),
    language,
    status,
    category,
    quality_score: { score: template.quality ?? 'GREEN', date: 1763000000 },
    rejected_reason: template.reason ?? 'NONE',
    id: metaTemplateId(number.wabaId, template),
  }
}

export function subscriptions({ names, number }: Call<MetaNumber>): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'GET')
  const app = {
    whatsapp_business_api_data: {
      id: '670843887433847',
      name: 'WhatsappB24',
      link: 'https://www.facebook.com/games/?app_id=670843887433847',
    },
  }
  return { reply: json(200, { data: number.hookUrl === null ? [] : [{ ...app, override_callback_uri: number.hookUrl }] }) }
}

/** `override_callback_uri` is tried with the verification request first, as Meta does. */
export async function subscribe({ sim, names, number, asked }: Call<MetaNumber>): Promise<Handled> {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'POST')
  const body = fieldsOf(jsonIn(asked.body.toString('utf8')))
  const address = textOf(body.override_callback_uri)
  if (address === undefined) return succeed()
  const verifyToken = textOf(body.verify_token) ?? ''
  if (!(await answersChallenge(address, verifyToken))) return notValidated()
  for (const each of metaNumbers(sim)) {
    if (each.wabaId === number.wabaId) sim.world.record({ t: 'number', number: { ...each, hookUrl: address, verifyToken } })
  }
  sim.outbox.flush()
  return succeed()
}

/** `POST /<number>`: an address for this number's hooks alone, tried first; an empty one takes it away. */
export async function changeNumber({ sim, names, number, asked }: Call<MetaNumber>): Promise<Handled> {
  if (names.id !== number.id) return notThere(names.id ?? '', 'POST')
  const { override_callback_uri: uri, verify_token: token } = fieldsOf(
    fieldsOf(jsonIn(asked.body.toString('utf8'))).webhook_configuration,
  )
  const [address, verifyToken] = [textOf(uri), textOf(token) ?? '']
  if (address === undefined) return succeed()
  if (address !== '' && !(await answersChallenge(address, verifyToken))) return notValidated()
  sim.world.record({ t: 'number', number: { ...number, hookUrl: address || null, verifyToken } })
  sim.outbox.flush()
  return succeed()
}

function notValidated(): Handled {
  const details =
    'The callback URL or verify token could not be validated. Please verify the provided information or try again later.'
  return {
    reply: graphError({ ...invalid({ message: details }), code: 2200, message: `(#2200) ${details}` }),
    note: { errorCode: 2200 },
  }
}

/** Meta's verification of an address: §2. */
async function answersChallenge(address: string, verifyToken: string): Promise<boolean> {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const challenge = '1158201444'
  url.search = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.challenge': challenge,
    'hub.verify_token': verifyToken,
  }).toString()
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: 'manual' }).catch(() => undefined)
  return answer?.status === 200 && (await answer.text()) === challenge
}

export function unsubscribe({ sim, names, number }: Call<MetaNumber>): Handled {
  if (names.id !== number.wabaId) return notThere(names.id ?? '', 'DELETE')
  for (const each of metaNumbers(sim)) {
    if (each.wabaId === number.wabaId) sim.world.record({ t: 'number', number: { ...each, hookUrl: null } })
  }
  return succeed()
}

export function succeed(): Handled {
  return { reply: json(200, { success: true }), note: { processed: true } }
}

function notThere(id: string, method: string): Handled {
  return { reply: graphError(noSuchObject(id, method)), note: { errorCode: 100 } }
}
