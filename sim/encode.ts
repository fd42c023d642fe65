/** A webhook as bytes: Meta's envelope with Meta's escaping and signature, or a body that goes as it is. */
import { hmacHex } from './lib/ids.ts'
import type { CloudValue, HookNumber, HookPart } from './model.ts'

export type Encoded = { body: Buffer<ArrayBuffer>; headers: Record<string, string> }

/** Parts of a number in one body; several only when all are `cloud`. */
export function encode(number: HookNumber, parts: readonly HookPart[], extraHeaders: Record<string, string>): Encoded {
  const [first] = parts
  const whole = first?.form === 'whole' ? first : undefined
  const text = whole ? whole.body : escapeAsMeta(JSON.stringify(envelope(number, parts)))
  const body = Buffer.from(text, 'utf8')
  const headers = { 'content-type': whole?.contentType ?? 'application/json', 'user-agent': agentOf(number) }
  const isSigned = number.kind === 'meta' && (whole ? whole.sign : true)
  return { body, headers: { ...headers, ...(isSigned && signatureOf(number.appSecret, body)), ...extraHeaders } }
}

/** `X-Hub-Signature-256` over the raw bytes: reference/meta-cloud-api.md §2. */
export function signatureOf(appSecret: string, body: Uint8Array): { 'x-hub-signature-256': string } {
  return { 'x-hub-signature-256': `sha256=${hmacHex(appSecret, body)}` }
}

/** Meta writes `ñ` as `\u00f1` and `/` as `\/`: whoever signs JSON that was written again, signs other bytes. */
function escapeAsMeta(text: string): string {
  return text
    .replaceAll('/', '\\/')
    .replaceAll(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `object → entry → change → value`, one change for each run of the same field and the same kind of thing. */
function envelope(number: HookNumber, parts: readonly HookPart[]): object {
  const changes: { field: string; value: CloudValue }[] = []
  let gsAppId: string | null = null
  for (const part of parts) {
    if (part.form !== 'cloud') continue
    gsAppId = part.gsAppId
    const last = changes.at(-1)
    if (last && last.field === part.field && kindOf(last.value) === kindOf(part.value))
      last.value = joined(last.value, part.value)
    else changes.push({ field: part.field, value: part.value })
  }
  const head = {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: number.phone,
      phone_number_id: number.kind === 'meta' ? number.id : number.phoneNumberId,
    },
  }
  const entry = [{ id: number.wabaId, changes: changes.map(({ field, value }) => ({ value: { ...head, ...value }, field })) }]
  return { object: 'whatsapp_business_account', ...(gsAppId !== null && { gs_app_id: gsAppId }), entry }
}

function kindOf(value: CloudValue): string {
  return value.statuses ? 'statuses' : value.message_echoes ? 'echoes' : 'messages'
}

function joined(one: CloudValue, other: CloudValue): CloudValue {
  const contacts = unique([...(one.contacts ?? []), ...(other.contacts ?? [])])
  const messages = [...(one.messages ?? []), ...(other.messages ?? [])]
  const statuses = [...(one.statuses ?? []), ...(other.statuses ?? [])]
  const echoes = [...(one.message_echoes ?? []), ...(other.message_echoes ?? [])]
  return {
    ...(contacts.length > 0 && { contacts }),
    ...(messages.length > 0 && { messages }),
    ...(statuses.length > 0 && { statuses }),
    ...(echoes.length > 0 && { message_echoes: echoes }),
  }
}

function unique(contacts: readonly object[]): object[] {
  return [...new Map(contacts.map((contact) => [JSON.stringify(contact), contact])).values()]
}

function agentOf(number: HookNumber): string {
  return number.kind === 'meta' ? 'facebookexternalua' : 'Gupshup-Callback/2.0'
}
