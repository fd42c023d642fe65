/** Messages and templates that the product sends through Gupshup's forms: reference/gupshup.md §2 and §3. */
import { randomUUID } from 'node:crypto'
import { blankMessage, customerOf, takeOutgoing } from '../conduct.ts'
import { failure } from '../failures.ts'
import type { Failure } from '../failures.ts'
import { digitsOf, fieldsOf, isFields, jsonIn, listOf, textOf } from '../lib/fields.ts'
import { bodyForm, fieldOf } from '../lib/http.ts'
import { makeGupshupWaId } from '../lib/ids.ts'
import { fetchLink, suits } from '../media.ts'
import type { GupshupNumber, SimMessage } from '../model.ts'
import type { Call, Handled, Note } from '../provider.ts'
import type { Sim } from '../sim.ts'
import { templatesOf } from '../kept-templates.ts'
import { gupshupTemplateId, rendered, variablesOf } from '../templates.ts'
import { refused, submitted } from './answers.ts'
import { contentOf, wrongMessage } from './message-shape.ts'
import type { GupshupContent } from './message-shape.ts'

type GupshupCall = Call<GupshupNumber>

/** `POST /wa/api/v1/msg`, and the partner's `/app/{id}/msg`. */
export async function sendMessage(call: GupshupCall): Promise<Handled> {
  const form = await bodyForm(call.asked)
  const wrong = wrongForm(call, form)
  if (wrong) return refused(400, wrong, { what: 'message' })
  const message = jsonIn(fieldOf(form, 'message'))
  const phone = digitsOf(fieldOf(form, 'destination'))
  const what = isFields(message) && message.type === 'reaction' ? 'reaction' : 'message'
  if (!isFields(message)) return refused(400, 'Invalid message: not JSON', { what, phone })
  const problem = wrongMessage(message)
  if (problem) return refused(400, problem, { what, phone })
  if (what === 'reaction') return react(call, textOf(message.msgId) ?? '', textOf(message.emoji) ?? null, phone)
  const quoted = textOf(fieldsOf(message.context).msgId) ?? null
  return take(
    call,
    phone,
    { ...contentOf(message) },
    { quoted },
    { what, text: textOf(message.text) ?? textOf(message.caption) ?? null },
  )
}

/** `POST /wa/api/v1/template/msg`, and the partner's `/app/{id}/template/msg`. */
export async function sendTemplate(call: GupshupCall): Promise<Handled> {
  const form = await bodyForm(call.asked)
  const wrong = wrongForm(call, form)
  if (wrong) return refused(400, wrong, { what: 'template' })
  const phone = digitsOf(fieldOf(form, 'destination'))
  const asked = fieldsOf(jsonIn(fieldOf(form, 'template')))
  const id = textOf(asked.id)
  if (id === undefined) return refused(400, 'Invalid Template Details', { what: 'template', phone })
  const params = listOf(asked.params).map((param) => textOf(param) ?? '')
  const template = templatesOf(call.sim, call.number.id).find((each) => gupshupTemplateId(call.number.id, each) === id)
  // Gupshup takes anything here: what does not fit fails later.
  if (!template) return take(call, phone, { message: { kind: 'template' } }, {}, { what: 'template' }, failure(4003))
  const names = variablesOf(template.body)
  const text = rendered(template.body, new Map(names.map((name, index) => [name, params[index] ?? ''])))
  const header = headerOf(jsonIn(fieldOf(form, 'message')))
  const needsFile = template.header !== null && template.header.format !== 'TEXT'
  const trouble = names.length !== params.length ? failure(132000) : needsFile !== (header !== undefined) ? failure(1005) : null
  const category = template.category.toLowerCase()
  const shown: Partial<SimMessage> = {
    kind: 'template',
    text,
    header: template.header?.text ?? null,
    footer: template.footer,
    choices: [...template.buttons],
  }
  return take(
    call,
    phone,
    { message: { ...shown, category }, file: header },
    {},
    { what: 'template', text },
    template.status === 'APPROVED' ? trouble : failure(4005),
  )
}

function wrongForm({ number }: GupshupCall, form: FormData | undefined): string | null {
  if (!form) return 'Invalid Request'
  if (fieldOf(form, 'channel') !== 'whatsapp') return 'Invalid Channel'
  if (fieldOf(form, 'source') !== number.phone || fieldOf(form, 'src.name') !== number.appName) return 'Invalid App Details'
  // Digits only: a plus sign is refused.
  return /^\d{7,15}$/.test(fieldOf(form, 'destination')) ? null : 'Invalid Destination'
}

function headerOf(value: unknown): GupshupContent['file'] {
  const fields = fieldsOf(value)
  const { type } = fields
  if (type !== 'image' && type !== 'video' && type !== 'document') return undefined
  const file = fieldsOf(fields[type])
  return { type, url: textOf(file.link), id: textOf(file.id), name: textOf(file.filename) }
}

function take(
  { sim, number, verdict }: GupshupCall,
  phone: string,
  content: GupshupContent,
  more: Partial<SimMessage>,
  note: Note,
  trouble: Failure | null = null,
): Handled {
  const gsId = randomUUID()
  const customer = customerOf(sim, phone)
  const message: SimMessage = {
    ...blankMessage(number, customer, makeGupshupWaId(), sim.now()),
    ...{ direction: 'out', progress: 'accepted', gsId, ...content.message, ...more, mediaId: content.file?.id ?? null },
  }
  const found =
    trouble ?? (verdict.failStatus === null ? troubleOf(sim, number, message.id, content.file) : failure(verdict.failStatus))
  takeOutgoing(sim, number, message, found)
  return { reply: submitted(gsId), note: { ...note, phone, providerId: gsId, processed: true } }
}

/** Fetches the file by its address, after the answer has gone, as the real one does. */
async function troubleOf(
  sim: Sim,
  number: GupshupNumber,
  messageId: string,
  file: GupshupContent['file'],
): Promise<Failure | null> {
  if (!file) return null
  if (file.id !== undefined) return sim.world.media.get(file.id)?.numberId === number.id ? null : failure(1010)
  const fetched = await fetchLink(sim, number.id, file.url ?? '', file.name ?? null)
  if (!fetched.ok) return failure(fetched.reason === 'too_large' ? 1011 : 1010)
  const { media } = fetched
  if (!suits(file.type, media.mime)) return failure(131053, `Unsupported ${file.type} mime type ${media.mime}.`)
  const isVoice = file.type === 'audio' && media.mime === 'audio/ogg'
  sim.world.record({ t: 'change', id: messageId, patch: { mediaId: media.id, ...(isVoice && { kind: 'voice' }) } })
  return null
}

function react({ sim, number }: GupshupCall, targetId: string, emoji: string | null, phone: string): Handled {
  const target = sim.world.messageOf(targetId)
  if (target?.numberId === number.id) sim.world.record({ t: 'change', id: target.id, patch: { reactionOut: emoji } })
  const gsId = randomUUID()
  return { reply: submitted(gsId), note: { what: 'reaction', phone, providerId: gsId, processed: true } }
}
