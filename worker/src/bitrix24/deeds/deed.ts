/** What a robot or an SMS of a portal asks for, out of the form that it posts (reference/bitrix24.md §10.1, §10.2). Pure. */
import * as z from 'zod'
import type { Card, Entity } from '../card/card.ts'
import { asList, asMap } from '../rest/answers.ts'

const MAX_PARAMS = 10
/** Names of the variables of a template, among a robot's properties. */
export const PARAMS = Array.from({ length: MAX_PARAMS }, (_, n) => `p${n + 1}`)

export const DeedBody = z.object({
  template: z.nullable(z.object({ name: z.string(), language: z.string() })),
  params: z.array(z.string()),
  text: z.string(),
  /** Where the file of the template's header lies; empty: none was given. */
  file: z.string().default(''),
  /** As it was typed; empty: the one of the card. */
  phone: z.string(),
  card: z.nullable(z.object({ entity: z.enum(['contact', 'lead', 'deal', 'company']), id: z.number() })),
  userId: z.nullable(z.string()),
  /** The workflow stands still until it is answered. */
  waits: z.boolean(),
})
export type DeedBody = z.infer<typeof DeedBody>
export const Deed = z.object({
  ...{ kind: z.enum(['robot', 'sms']), key: z.string(), code: z.string(), channel: z.string() },
  body: DeedBody,
})
export type Deed = z.infer<typeof Deed>

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
/** A property that takes several values gives the first. */
const one = (value: unknown): string => text(Array.isArray(value) ? value[0] : value)

/** Null: it is neither. */
export function deedIn(posted: Record<string, unknown>): Deed | null {
  const code = text(posted['code'])
  const properties = asMap(posted['properties'])
  const userId = text(asMap(posted['auth'])['user_id']) || null
  const eventToken = text(posted['event_token'])
  if (eventToken !== '' && code !== '') {
    const [name = '', language = ''] = one(properties['template']).split('|')
    const body = {
      template: name !== '' && language !== '' ? { name, language } : null,
      params: filled(PARAMS.map((param) => one(properties[param]))),
      ...{ text: one(properties['text']), file: one(properties['file']), phone: one(properties['phone']) },
      ...{ card: documentIn(posted['document_id']), userId },
      waits: text(posted['use_subscription']) !== 'N',
    }
    return { kind: 'robot', key: eventToken, code, channel: one(properties['channel']), body }
  }
  const messageId = text(posted['message_id'])
  if (messageId === '' || code === '') return null
  const phone = one(properties['phone_number']) || text(posted['message_to'])
  const words = one(properties['message_text']) || text(posted['message_body'])
  const card = documentIn(posted['document_id']) ?? bindingIn(posted['bindings'])
  const body = { template: null, params: [], text: words, file: '', phone, card, userId, waits: false }
  return { kind: 'sms', key: messageId, code, channel: '', body }
}

/** Up to the last one that has something in it. */
function filled(values: readonly string[]): string[] {
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1)
}

/** `["crm", "CCrmDocumentDeal", "DEAL_540"]`. */
function documentIn(value: unknown): Card | null {
  const [, entity = '', id = ''] = /^(CONTACT|LEAD|DEAL|COMPANY)_(\d+)$/.exec(text(asList(value)[2])) ?? []
  return cardOf(ENTITIES[entity], Number(id))
}

/** A card of the CRM that an SMS was written in. */
function bindingIn(value: unknown): Card | null {
  const [first] = asList(value).map(asMap)
  return cardOf(BY_TYPE[Number(first?.['OWNER_TYPE_ID'])], Number(first?.['OWNER_ID']))
}

const ENTITIES: Record<string, Entity> = { CONTACT: 'contact', LEAD: 'lead', DEAL: 'deal', COMPANY: 'company' }
const BY_TYPE: Record<number, Entity> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company' }

const cardOf = (entity: Entity | undefined, id: number): Card | null =>
  entity && Number.isSafeInteger(id) && id > 0 ? { entity, id } : null

/** How a sender of the portal says what became of a message; null: nothing worth saying. Never backwards. */
export function smsStatus(status: string, code: string | null, told: string | null): string | null {
  const next =
    status === 'failed' || status === 'discarded'
      ? code === 'window_closed'
        ? 'undelivered'
        : 'failed'
      : status === 'sent'
        ? 'sent'
        : ['delivered', 'read', 'played'].includes(status)
          ? 'delivered'
          : null
  const steps = ['sent', 'delivered', 'undelivered', 'failed']
  return next !== null && steps.indexOf(next) > steps.indexOf(told ?? '') ? next : null
}

/** What a robot is answered, once; null: it is too early. `late`: whoever waits has waited long enough. */
export function robotStatus(status: string, late: boolean): string | null {
  return ['queued', 'sending'].includes(status) ? (late ? 'queued' : null) : status
}
