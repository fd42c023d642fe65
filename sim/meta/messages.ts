/** `POST /<PNID>/messages`: reference/meta-cloud-api.md §7. 200 means taken, not sent. */
import { blankMessage, businessReads, businessTypes, customerOf, takeOutgoing } from '../conduct.ts'
import { failure } from '../failures.ts'
import type { Failure } from '../failures.ts'
import { digitsOf, fieldsOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { bodyFields, json } from '../lib/http.ts'
import { makeWamid } from '../lib/ids.ts'
import { fetchLink, suits } from '../media.ts'
import type { Customer, MetaNumber, SimMessage } from '../model.ts'
import type { Call, Handled, Note } from '../provider.ts'
import type { Sim } from '../sim.ts'
import { graphError, invalid, noSuchObject, numbered } from './answers.ts'
import type { GraphError } from './answers.ts'
import { contentOf } from './content.ts'
import type { OutgoingMedia } from './content.ts'
import { wrongMessage, wrongRead } from './message-shape.ts'
import { templateContent } from './template-send.ts'

export function postMessage(call: Call<MetaNumber>): Handled {
  const { number, names, asked } = call
  if (names.id !== number.id) return { reply: graphError(noSuchObject(names.id ?? '', 'POST')), note: { errorCode: 100 } }
  const body = bodyFields(asked)
  if (!body) return refused({ status: 400, code: 100, message: '(#100) The request body is not valid JSON.' }, {})
  return body.status !== undefined ? markRead(call, body) : send(call, body)
}

function markRead({ sim, number }: Call<MetaNumber>, body: Fields): Handled {
  const note: Note = { what: body.typing_indicator === undefined ? 'read' : 'typing' }
  const wrong = wrongRead(body)
  if (wrong) return refused(wrong, note)
  const message = sim.world.messages.get(textOf(body.message_id) ?? '')
  if (message?.direction !== 'in' || message.numberId !== number.id) {
    return refused(numbered(131009, 'Parameter value is not valid', `Message id not found: ${String(body.message_id)}`), note)
  }
  businessReads(sim, number, message)
  if (body.typing_indicator !== undefined) businessTypes(sim, number, message.customer)
  return {
    reply: json(200, { success: true }),
    note: { ...note, phone: message.customer, providerId: message.id, processed: true },
  }
}

function send({ sim, number, verdict }: Call<MetaNumber>, body: Fields): Handled {
  const type = textOf(body.type) ?? 'text'
  const what = type === 'template' ? 'template' : type === 'reaction' ? 'reaction' : 'message'
  const callbackData = textOf(body.biz_opaque_callback_data) ?? null
  const note: Note = { what, callbackData, phone: digitsOf(body.to) || null }
  const wrong = wrongMessage(body)
  if (wrong) return refused(wrong, note)
  const customer = recipientOf(sim, body)
  if (!customer) return refused(numbered(131009, 'Parameter value is not valid', 'Recipient phone number is not valid.'), note)
  if (customer.phone === number.phone)
    return refused(numbered(131021, 'Recipient cannot be sender', 'Sender and recipient are the same.'), note)
  const message: SimMessage = {
    ...blankMessage(number, customer, makeWamid(customer.phone), sim.now()),
    ...{ direction: 'out', progress: 'accepted', callbackData, quoted: textOf(fieldsOf(body.context).message_id) ?? null },
  }
  const taken = takeIn(sim, number, message, type, body, verdict.failStatus)
  if (taken) return refused(taken, note)
  const known = sim.world.messages.get(message.id)
  const contact = textOf(body.to)
    ? { input: textOf(body.to), wa_id: customer.phone }
    : { input: textOf(body.recipient), user_id: customer.bsuid }
  const held = type === 'template' && { message_status: 'accepted' }
  return {
    reply: json(200, { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id: message.id, ...held }] }),
    note: { ...note, phone: customer.phone, text: known?.text ?? null, providerId: message.id, processed: true },
  }
}

/** Does what the message says. Returns why not, when Graph refuses at once. */
function takeIn(
  sim: Sim,
  number: MetaNumber,
  message: SimMessage,
  type: string,
  body: Fields,
  failStatus: number | null,
): GraphError | null {
  if (type === 'reaction') return react(sim, number, fieldsOf(body.reaction))
  if (type === 'template') {
    const content = templateContent(sim, number, fieldsOf(body.template))
    if ('code' in content) return content
    takeOutgoing(sim, number, { ...message, ...content.message }, troubleOf(sim, message.id, content.media, failStatus))
    return null
  }
  const content = contentOf(type, fieldsOf(body[type]), body[type])
  const media = content.media && { ...content.media, type }
  if (media?.id !== undefined && sim.world.media.get(media.id)?.numberId !== number.id) {
    return invalid({
      message: 'Invalid parameter',
      details: `Media ID ${media.id} not found or does not belong to this phone number.`,
    })
  }
  takeOutgoing(
    sim,
    number,
    { ...message, ...content.message, mediaId: media?.id ?? null },
    troubleOf(sim, message.id, media, failStatus),
  )
  return null
}

/** What is wrong with the file, or the failure that was asked for. A link is fetched first, as the real one does. */
async function troubleOf(
  sim: Sim,
  messageId: string,
  media: OutgoingMedia | undefined,
  failStatus: number | null,
): Promise<Failure | null> {
  if (failStatus !== null) return failure(failStatus)
  if (!media) return null
  const file = media.id === undefined ? await fetchFor(sim, messageId, media) : sim.world.media.get(media.id)
  if (!file) return failure(131053, `Downloading media from weblink failed: ${media.link ?? ''}`)
  if (!suits(media.type, file.mime)) return failure(131053, `Unsupported ${media.type} mime type ${file.mime}.`)
  if (media.voice && file.mime !== 'audio/ogg') return failure(131053, 'Voice messages must be audio/ogg with the opus codec.')
  return null
}

async function fetchFor(sim: Sim, messageId: string, media: OutgoingMedia) {
  const numberId = sim.world.messages.get(messageId)?.numberId ?? ''
  const fetched = await fetchLink(sim, numberId, media.link ?? '', media.name ?? null)
  if (!fetched.ok) return undefined
  sim.world.record({ t: 'change', id: messageId, patch: { mediaId: fetched.media.id } })
  return fetched.media
}

function react(sim: Sim, number: MetaNumber, reaction: Fields): GraphError | null {
  const target = sim.world.messages.get(textOf(reaction.message_id) ?? '')
  if (target?.numberId !== number.id)
    return numbered(131009, 'Parameter value is not valid', 'Message to react to was not found.')
  sim.world.record({ t: 'change', id: target.id, patch: { reactionOut: textOf(reaction.emoji) ?? null } })
  return null
}

/** Given both, `to` wins (§4). A number that nobody has played yet is a customer all the same. */
function recipientOf(sim: Sim, body: Fields): Customer | undefined {
  if (body.to === undefined) {
    return [...sim.world.customers.values()].find(({ bsuid }) => bsuid === body.recipient)
  }
  const digits = digitsOf(body.to)
  const isPhone = /^\+?[\d\s()-]+$/.test(textOf(body.to) ?? '') && digits.length >= 7 && digits.length <= 15
  return isPhone ? customerOf(sim, digits) : undefined
}

function refused(error: GraphError, note: Note): Handled {
  return { reply: graphError(error), note: { ...note, errorCode: error.code } }
}
