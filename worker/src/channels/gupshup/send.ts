/** What we send through Gupshup: reference/gupshup.md §2 and §3. */
import type { Identities, SharedContact } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { Line, Outgoing, OutgoingTemplate, SendOutcome, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf } from '../../lib/untrusted.ts'
import { MESSAGE, TEMPLATE, addressOf, gupshupOf, postForm, signedHeaders } from './api.ts'
import { failureOf } from './errors.ts'

/** Sends one message. Files go as addresses which Gupshup reads within minutes. */
export async function send(message: Outgoing, line: Line, wire: Wire): Promise<SendOutcome> {
  // The forms take a phone only: reference §2. Somebody known by his user id alone must give his number first.
  if (!message.to.phone) return refused('recipient_missing')
  const problem = problemOf(message)
  if (problem) return refused(problem)
  const file = message.kind === 'template' ? message.template?.header : message.file
  const link = file ? await file.link().catch(() => null) : ''
  if (link === null) return { outcome: 'try_later', error: { providerCode: 'none', code: 'media_not_ready' } }
  if (message.template) return accepted(await postTemplate(message.template, link, message.to.phone, line, wire))
  const content = {
    ...contentOf(message, link),
    ...(message.quoted && { context: { msgId: message.quoted } }),
  }
  return post(content, message.to.phone, line, wire)
}

/** Reacts to a message; null sends an empty emoji (that this removes it is unverified, §2). */
export async function react(target: string, emoji: string | null, to: Identities, line: Line, wire: Wire): Promise<SendOutcome> {
  if (!to.phone) return refused('recipient_missing')
  return post({ type: 'reaction', msgId: target, emoji: emoji ?? '' }, to.phone, line, wire)
}

/** Marks a message as read. Gupshup shows no "typing": `typing` changes nothing. */
export async function markRead(providerId: string, _typing: boolean, line: Line, wire: Wire): Promise<SendOutcome> {
  const answer = await (gupshupOf(line).access === 'partner' ? readAsPartner : readAsOwner)(providerId, line, wire)
  return answer.came && answer.status >= 200 && answer.status < 300 ? { outcome: 'accepted', providerId } : failureOf(answer)
}

function readAsOwner(providerId: string, line: Line, wire: Wire): Promise<Answer> {
  const path = `wa/app/${encodeURIComponent(gupshupOf(line).appId)}/msg/${encodeURIComponent(providerId)}/read`
  const headers = { ...signedHeaders(line), 'content-type': 'application/json' }
  return ask(wire, addressOf(line, { selfServe: path, partner: path }), { method: 'PUT', headers })
}

/** For partners only Meta's own body is told of (§13, unverified). */
function readAsPartner(providerId: string, line: Line, wire: Wire): Promise<Answer> {
  const headers = { ...signedHeaders(line), 'content-type': 'application/json' }
  const body = JSON.stringify({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: providerId,
  })
  return ask(wire, addressOf(line, { selfServe: '', partner: 'v3/message' }), {
    method: 'POST',
    headers,
    body,
  })
}

async function post(content: object, destination: string, line: Line, wire: Wire): Promise<SendOutcome> {
  return accepted(
    await postForm(line, wire, MESSAGE, destination, {
      message: JSON.stringify(content),
      disablePreview: 'false',
    }),
  )
}

/** Taken means 2xx and a message id; the word in `status` differs from page to page (§2). */
function accepted(answer: Answer): SendOutcome {
  const providerId =
    answer.came && answer.status >= 200 && answer.status < 300 ? idOf(fieldsOf(answer.json).messageId) : undefined
  return providerId === undefined ? failureOf(answer) : { outcome: 'accepted', providerId }
}

/** What Gupshup would refuse for certain, found before anything leaves. */
function problemOf({ kind, text, file, template, location, contacts }: Outgoing): FailureCode | null {
  if (kind === 'location') return location ? null : 'message_malformed'
  // One card a message: §2.
  if (kind === 'contacts') return contacts?.length === 1 ? null : contacts?.length ? 'kind_not_supported' : 'message_malformed'
  if (kind === 'text') return text ? null : 'message_malformed'
  if (kind === 'template') return template ? (template.providerId ? null : 'template_not_found') : 'message_malformed'
  if (text && (kind === 'audio' || kind === 'voice')) return 'caption_not_supported'
  return file ? null : 'message_malformed'
}

/** `caption` must be text: null is refused (§2). A voice note is an audio file in ogg/opus; there is no flag for it. */
function contentOf({ kind, text, file, location, contacts: [first] = [] }: Outgoing, url: string): object {
  const caption = text ?? ''
  switch (kind) {
    case 'image':
      return { type: 'image', originalUrl: url, previewUrl: url, caption }
    case 'video':
      return { type: 'video', url, caption }
    case 'document':
      return { type: 'file', url, filename: file?.name ?? 'document', caption }
    case 'audio':
    case 'voice':
      return { type: 'audio', url }
    case 'sticker':
      return { type: 'sticker', url }
    case 'location':
      return { type: 'location', ...location, name: location?.name ?? '', address: location?.address ?? '' }
    case 'contacts':
      return { type: 'contact', contact: first ? cardOf(first) : {} }
    default:
      return { type: 'text', text: caption, previewUrl: true }
  }
}

function cardOf({ name, phones, emails, org }: SharedContact): object {
  return {
    name: { formattedName: name, firstName: name },
    phones: phones.map((phone) => ({ phone, type: 'CELL', wa_id: phone.replaceAll(/\D/g, '') })),
    ...(emails.length > 0 && { emails: emails.map((email) => ({ email, type: 'WORK' })) }),
    ...(org && { org: { company: org } }),
  }
}

function postTemplate(template: OutgoingTemplate, link: string, destination: string, line: Line, wire: Wire): Promise<Answer> {
  const fields: Record<string, string> = {
    template: JSON.stringify({ id: template.providerId, params: valuesOf(template) }),
  }
  if (template.header) fields.message = JSON.stringify(headerOf(template.header.mime, template.header.name, link))
  return postForm(line, wire, TEMPLATE, destination, fields)
}

/** In the order in which they are read: header, body, buttons (§3). */
function valuesOf({ headerText, params, buttons = [] }: OutgoingTemplate): string[] {
  return [...(headerText ? [headerText.text] : []), ...params, ...buttons.map(({ text }) => text)]
}

function headerOf(mime: string, name: string | null, link: string): object {
  if (mime.startsWith('image/')) return { type: 'image', image: { link } }
  if (mime.startsWith('video/')) return { type: 'video', video: { link } }
  return { type: 'document', document: { link, filename: name ?? 'document' } }
}

function refused(code: FailureCode): SendOutcome {
  return { outcome: 'refused', error: { providerCode: 'none', code }, stopsChannel: false }
}
