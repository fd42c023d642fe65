/** A delivery as `imconnector.send.messages` and its kin take it: docs/bitrix24.md maps field by field. */
import type { Delivery, File, Message } from './delivery.ts'
import { nameFor } from './names.rules.ts'
import { harmless, toBitrix } from './text.rules.ts'
import { causeOf, filled, wordsIn } from './words.ts'

/** Addresses that were signed for this item: the portal reads them without our session. */
export type Links = { file: string | null; photo: string | null }

/** How it goes at this try: each one that the portal refused gives up what may have been the cause. */
export type Try = { isPlain: boolean; withFile: boolean }
export function tryOf({ tries, body }: Delivery): Try {
  return { isPlain: tries > 0, withFile: tries < 2 && body?.without !== true }
}

/** After so many refusals of one item it is given up. */
export const ITEM_TRIES = 3

/** How long a file is waited for; then its message goes without, and the file follows. */
export const FILE_PATIENCE_S = 60

/** The file that goes with it now; null: none, or not now. */
export function fileFor(delivery: Delivery): File | null {
  const file = delivery.message?.file
  if (!file?.r2Key || file.state !== 'ready' || !tryOf(delivery).withFile) return null
  return delivery.kind === 'send' || delivery.kind === 'file' ? file : null
}

/** It is worth waiting for: the file is on its way to us, and not for long. */
export function awaitsFile({ kind, message, body }: Delivery): boolean {
  return kind === 'send' && body?.without !== true && message?.file?.state === 'pending' && message.file.ageS < FILE_PATIENCE_S
}

/** What the portal calls it: the same at every try, so that it can be found there. */
export function outsideId({ id, kind, message }: Delivery): string {
  if (kind === 'say') return id
  return kind === 'file' ? `${message?.id ?? id}-file` : (message?.id ?? id)
}

/** In whose name it is posted: an employee of the portal, else nobody's. */
export function employeeOf({ kind, message }: Delivery): string | null {
  return kind === 'send' && message?.direction === 'out' ? message.author.employee : null
}

/** An item of send.messages. */
export function itemOf(delivery: Delivery, links: Links): { user: object; message: object; chat: object } {
  const { chat, kind, message } = delivery
  const employee = employeeOf(delivery)
  const file = links.file === null ? null : fileFor(delivery)
  const isOurs = kind === 'say' || message?.direction === 'out'
  const seconds = message ? Math.floor(Date.parse(message.at) / 1_000) : 0
  return {
    user: userOf(delivery, links),
    message: {
      id: outsideId(delivery),
      ...(kind !== 'say' && { date: seconds }),
      text: textOf(delivery),
      ...(file && { files: [{ url: links.file, name: fileName(file, message?.kind ?? '') }] }),
      // Our own words make no lead.
      ...(isOurs && { disable_crm: 'Y' }),
      ...(employee !== null && { user_id: Number(employee) }),
    },
    chat: { id: chat.externalId },
  }
}

/** Always the same id for the same customer: by it the portal knows whom it has. */
function userOf(delivery: Delivery, { photo }: Links): object {
  const { chat, contact, language } = delivery
  const { isPlain } = tryOf(delivery)
  const name = nameFor(isPlain ? null : contact.name, wordsIn(language).customer)
  return {
    id: chat.externalId,
    ...name,
    ...(contact.phone !== null && { phone: `+${contact.phone}`, url: `https://wa.me/${contact.phone}` }),
    ...(photo !== null && !isPlain && { picture: { url: photo } }),
  }
}

export const userShape = userOf

/** Its text there. Without an employee's name on the bubble the text says whose words these are. */
export function textOf(delivery: Delivery): string {
  const { message, kind } = delivery
  if (kind === 'say') return said(delivery)
  if (!message) return ''
  const words = wordsIn(delivery.language)
  const body = kind === 'file' ? `📎 ${words.fileLate}` : wordsOf(message, delivery)
  const signature =
    message.direction === 'out' && (employeeOf(delivery) === null || kind === 'file') ? signatureOf(message, words) : ''
  const quoted = kind === 'send' && message.quoted ? `[i]> ${shortOf(message.quoted, delivery)}[/i]\n` : ''
  const forwarded = kind === 'send' && message.extra?.forwarded === true ? `[i]↪ ${words.forwarded}[/i]\n` : ''
  return `${signature}${quoted}${forwarded}${body}`.trim()
}

function signatureOf({ author }: Message, words: ReturnType<typeof wordsIn>): string {
  const who =
    author.kind === 'phone' ? words.phone : author.kind === 'system' ? words.automatic : (author.name ?? words.automatic)
  return `[b]${harmless(who)}:[/b]\n`
}

/** A line of ours: what became of a message, or a reaction. */
function said({ body, message, language }: Delivery): string {
  const words = wordsIn(language)
  const text = message ? shortOf(message, { language }) : ''
  if (body?.what === 'reaction') return filled(words.reacted, { emoji: body.emoji ?? '', text })
  if (body?.what === 'failed' || body?.what === 'edit_failed' || body?.what === 'delete_failed')
    return `⚠ ${filled(words[body.what], { text, cause: causeOf(body.code ?? null, language) })}`
  if (body?.what === 'missed') return `⚠ ${filled(words.missed, { text: harmless(body.text ?? '') })}`
  return body?.text ?? ''
}

const SHORT = 80

/** One line of a message, for whoever has it before their eyes already. */
function shortOf({ kind, text }: { kind: string; text: string | null }, { language }: Pick<Delivery, 'language'>): string {
  const line = harmless((text ?? '').replaceAll(/\s+/g, ' ').trim())
  if (line === '') return wordsIn(language).kinds[kind] ?? ''
  return line.length > SHORT ? `${line.slice(0, SHORT)}…` : line
}

/** Its own words and what it carries, line by line; never nothing. */
function wordsOf(message: Message, delivery: Delivery): string {
  const words = wordsIn(delivery.language)
  const { kind, extra, text } = message
  const lines = [
    kind === 'voice' ? `🎤 ${words.voice}` : '',
    ...placeIn(message),
    ...(extra?.contacts ?? []).map(
      ({ name, phones }) => `👤 ${harmless(name)}${phones.length > 0 ? `: ${phones.join(', ')}` : ''}`,
    ),
    ...(extra?.order
      ? [`🛒 ${words.order}:`, ...extra.order.items.map((one) => `${one.quantity} × ${harmless(one.productId)}`)]
      : []),
    toBitrix(text ?? ''),
    ...(extra?.card?.lines ?? []).map((line) => `• ${harmless(line)}`),
    extra?.referral ? `📣 ${harmless(extra.referral.headline ?? '')} ${extra.referral.sourceUrl ?? ''}`.trim() : '',
    fileWord(delivery),
  ].filter((line) => line !== '')
  if (lines.length > 0) return lines.join('\n')
  // A file alone needs no words; anything else is said, never passed over.
  return fileFor(delivery) ? '' : `[${words.kinds[kind] ?? words.unsupported}]`
}

function placeIn({ extra }: Message): string[] {
  const place = extra?.location
  if (!place) return []
  const name = harmless([place.name, place.address].filter(Boolean).join(', '))
  return [`📍 ${name}`.trim(), `https://maps.google.com/?q=${place.latitude},${place.longitude}`]
}

/** What is said in the place of a file that does not go with its message. */
function fileWord(delivery: Delivery): string {
  const { message, language } = delivery
  if (!message?.file || fileFor(delivery) || delivery.kind === 'update') return ''
  const words = wordsIn(language)
  const kind = words.kinds[message.kind] ?? words.kinds['document'] ?? ''
  const why = { pending: words.filePending, lost: words.fileLost, ready: words.fileRefused }[message.file.state]
  return `📎 ${kind}${message.file.name === null ? '' : ` ${harmless(message.file.name)}`}: ${why}`
}

const ENDINGS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'application/pdf': 'pdf',
}

/** The portal looks at the ending to know a picture; a name that has one keeps it. */
export function fileName({ name, mime }: Pick<File, 'name' | 'mime'>, kind: string): string {
  const ending = ENDINGS[mime.split(';')[0]?.trim() ?? ''] ?? ''
  if (name !== null && (/\.[A-Za-z0-9]{2,5}$/.test(name) || ending === '')) return name
  return `${name ?? (kind === '' ? 'archivo' : kind)}${ending === '' ? '' : `.${ending}`}`
}
