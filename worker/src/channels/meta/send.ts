/** What we send through Meta: reference/meta-cloud-api.md §7. */
import type { Identities, SharedContact } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { Line, Outgoing, OutgoingFile, OutgoingTemplate, SendOutcome, Wire } from '../channel.ts'
import { failureOf, wamidIn } from './errors.ts'
import { postToNumber } from './graph.ts'
import { uploadMedia } from './media.ts'

/** Sends one message. A file is uploaded first; until then nothing has left, so a failure there may be tried again. */
export async function send(message: Outgoing, line: Line, wire: Wire): Promise<SendOutcome> {
  const to = recipientOf(message.to)
  if (!to) return refused('recipient_missing')
  const problem = problemOf(message)
  if (problem) return refused(problem)
  const file = message.kind === 'template' ? message.template?.header : message.file
  const upload = file && (await uploadMedia(file, line, wire))
  if (upload && !upload.ok) return upload.failure
  const content = contentOf(message, upload?.id ?? '')
  // Our id comes back with every status: it settles a message whose answer was lost (§7).
  const body = {
    ...to,
    ...content,
    ...quoting(message),
    biz_opaque_callback_data: message.messageId,
  }
  return post(line, wire, body)
}

/** Reacts to a message; null takes the reaction away. Not for messages older than 30 days (131009). */
export async function react(target: string, emoji: string | null, to: Identities, line: Line, wire: Wire): Promise<SendOutcome> {
  const recipient = recipientOf(to)
  if (!recipient) return refused('recipient_missing')
  return post(line, wire, {
    ...recipient,
    type: 'reaction',
    reaction: { message_id: target, emoji: emoji ?? '' },
  })
}

/** Marks this and earlier messages as read; "typing" shows for 25 s or until the answer. */
export async function markRead(providerId: string, typing: boolean, line: Line, wire: Wire): Promise<SendOutcome> {
  const body = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: providerId,
    ...(typing && TYPING),
  }
  const answer = await postToNumber(line, wire, 'messages', body)
  return answer.came && answer.status === 200 ? { outcome: 'accepted', providerId } : failureOf(answer)
}

const TYPING = { typing_indicator: { type: 'text' } }

async function post(line: Line, wire: Wire, body: object): Promise<SendOutcome> {
  const answer = await postToNumber(line, wire, 'messages', body)
  const providerId = wamidIn(answer)
  return providerId === undefined ? failureOf(answer) : { outcome: 'accepted', providerId }
}

/** Without `+` Meta may put the business's own country code before the number (§7). Given both, `to` wins. */
function recipientOf(to: Identities): object | null {
  const head = { messaging_product: 'whatsapp', recipient_type: 'individual' }
  if (to.phone) return { ...head, to: `+${to.phone}` }
  return to.bsuid ? { ...head, recipient: to.bsuid } : null
}

function quoting(message: Outgoing): object {
  return message.quoted ? { context: { message_id: message.quoted } } : {}
}

/** What Meta would refuse for certain, found before a file is uploaded for nothing. */
function problemOf({ kind, text, file, template, location, contacts }: Outgoing): FailureCode | null {
  switch (kind) {
    case 'location':
      return location ? null : 'message_malformed'
    case 'contacts':
      return contacts?.length ? null : 'message_malformed'
    case 'text':
      return text ? null : 'message_malformed'
    case 'template':
      return template ? null : 'message_malformed'
    case 'audio':
    case 'voice':
      if (text) return 'caption_not_supported'
      return file ? null : 'message_malformed'
    default:
      return file ? null : 'message_malformed'
  }
}

function contentOf({ kind, text, file, template, location, contacts = [] }: Outgoing, mediaId: string): object {
  const caption = text ? { caption: text } : {}
  switch (kind) {
    case 'text':
      return { type: 'text', text: { body: text, preview_url: true } }
    case 'template':
      return template ? templateContent(template, mediaId) : {}
    case 'image':
      return { type: 'image', image: { id: mediaId, ...caption } }
    case 'video':
      return { type: 'video', video: { id: mediaId, ...caption } }
    case 'document':
      return {
        type: 'document',
        document: { id: mediaId, filename: file?.name ?? 'document', ...caption },
      }
    case 'sticker':
      return { type: 'sticker', sticker: { id: mediaId } }
    case 'location':
      return { type: 'location', location }
    case 'contacts':
      return { type: 'contacts', contacts: contacts.map(cardOf) }
    case 'audio':
      return { type: 'audio', audio: { id: mediaId } }
    case 'voice':
      return {
        type: 'audio',
        audio: isVoiceNote(file) ? { id: mediaId, voice: true } : { id: mediaId },
      }
  }
}

/** Somebody's name in two ways: the whole, and one more part of it, which Meta asks for (§7). */
function cardOf({ name, phones, emails, org }: SharedContact): object {
  return {
    name: { formatted_name: name, first_name: name },
    phones: phones.map((phone) => ({ phone, type: 'CELL', wa_id: phone.replaceAll(/\D/g, '') })),
    ...(emails.length > 0 && { emails: emails.map((email) => ({ email, type: 'WORK' })) }),
    ...(org && { org: { company: org } }),
  }
}

/** Only OGG with Opus can be a voice note; a recording of another format still arrives, as an audio file (§8). */
function isVoiceNote(file: OutgoingFile | undefined): boolean {
  return file?.mime.startsWith('audio/ogg') ?? false
}

/** Names go along only where the template has them (§7). */
function templateContent(template: OutgoingTemplate, mediaId: string): object {
  const { header, headerText, names, buttons = [] } = template
  const named = (name: string | undefined) => (names && name !== undefined ? { parameter_name: name } : {})
  const headers = header
    ? [headerParameter(header, mediaId)]
    : headerText
      ? [{ type: 'text', ...named(headerText.name), text: headerText.text }]
      : []
  const parameters = template.params.map((text, i) => ({ type: 'text', ...named(names?.[i]), text }))
  const components = [
    ...(headers.length > 0 ? [{ type: 'header', parameters: headers }] : []),
    ...(parameters.length > 0 ? [{ type: 'body', parameters }] : []),
    ...buttons.map(buttonComponent),
  ]
  const language = { code: template.language, policy: 'deterministic' }
  return { type: 'template', template: { name: template.name, language, components } }
}

function buttonComponent({ index, kind, text }: NonNullable<OutgoingTemplate['buttons']>[number]): object {
  const parameter = kind === 'url' ? { type: 'text', text } : { type: 'coupon_code', coupon_code: text }
  return { type: 'button', sub_type: kind, index: String(index), parameters: [parameter] }
}

function headerParameter(file: OutgoingFile, id: string): object {
  if (file.mime.startsWith('image/')) return { type: 'image', image: { id } }
  if (file.mime.startsWith('video/')) return { type: 'video', video: { id } }
  return { type: 'document', document: { id, filename: file.name ?? 'document' } }
}

function refused(code: FailureCode): SendOutcome {
  return { outcome: 'refused', error: { providerCode: 'none', code }, stopsChannel: false }
}
