/** Hooks as the providers post them, made by hand: reference/meta-cloud-api.md §2 and §3, reference/gupshup.md §5. */
import { createHmac } from 'node:crypto'
import type { DemoFile } from '../../scripts/house.ts'

export type DemoNumber = DemoFile['channels'][number]

/** Posts a body as the number's provider does; 0 when the connection broke. `secret` other than the number's signs wrongly. */
export async function postHook(
  number: DemoNumber,
  body: string | Uint8Array<ArrayBuffer>,
  secret: string | null = number.appSecret,
): Promise<number> {
  const signed: Record<string, string> =
    number.kind === 'meta' && secret !== null
      ? { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }
      : {}
  try {
    const response = await fetch(number.hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      signal: AbortSignal.timeout(20_000),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}

export type Said = { id: string; phone: string; text: string; atSeconds: number }
export type Status = { id: string; phone: string; status: 'sent' | 'delivered' | 'read'; atSeconds: number }

/** One POST of Meta's, or of Gupshup's third format, with messages of several customers and statuses mixed. */
export function batchBody(number: DemoNumber, said: readonly Said[], statuses: readonly Status[]): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.phone, phone_number_id: number.phoneNumberId || '106540352242922' },
    contacts: said.map(({ phone }) => ({ profile: { name: `Cliente ${phone}` }, wa_id: phone })),
    messages: said.map(({ id, phone, text, atSeconds }) => ({
      from: phone,
      id,
      timestamp: String(atSeconds),
      type: 'text',
      text: { body: text },
    })),
    statuses: statuses.map(({ id, phone, status, atSeconds }) => ({
      id,
      status,
      timestamp: String(atSeconds),
      recipient_id: phone,
    })),
  }
  const head = number.kind === 'gupshup' ? { gs_app_id: number.appId } : {}
  return JSON.stringify({
    object: 'whatsapp_business_account',
    ...head,
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  })
}
