/**
 * Where and how Gupshup is asked: reference/gupshup.md §1 to §4. Self-serve and partner take the same forms; they differ
 * in host, path and credential. The partner's `/v3/message` is not used for messages: it was opened to chosen partners
 * only, and the forms do all that we need.
 */
import type { GupshupLine, Line, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'

/** The credentials of a line that is certainly Gupshup's. */
export function gupshupOf(line: Line): GupshupLine {
  if (line.credentials.kind !== 'gupshup') throw new TypeError('a line of another provider came to the Gupshup adapter')
  return line.credentials
}

/** `resource` in self-serve and in partner words, below the app. */
export type Resource = { selfServe: string; partner: string }

export const MESSAGE: Resource = { selfServe: 'wa/api/v1/msg', partner: 'msg' }
export const TEMPLATE: Resource = { selfServe: 'wa/api/v1/template/msg', partner: 'template/msg' }

/** The address of a resource for this line's kind of access. */
export function addressOf(line: Line, resource: Resource): string {
  const { access, appId } = gupshupOf(line)
  if (access === 'self-serve') return `${base(line.addresses.gupshupApi)}/${resource.selfServe}`
  return `${base(line.addresses.gupshupPartner)}/app/${encodeURIComponent(appId)}/${resource.partner}`
}

/** The credential's header. A self-serve key opens all apps of its account: it is never logged. */
export function signedHeaders(line: Line): Record<string, string> {
  const { access, apiKey } = gupshupOf(line)
  return access === 'self-serve' ? { apikey: apiKey } : { authorization: apiKey }
}

/** POSTs a form with the fields that every message has. Answers may come as text/html: the JSON is read all the same. */
export function postForm(
  line: Line,
  wire: Wire,
  resource: Resource,
  destination: string,
  fields: Record<string, string>,
): Promise<Answer> {
  const form = new URLSearchParams({
    channel: 'whatsapp',
    source: line.phone,
    destination,
    'src.name': gupshupOf(line).appName,
    ...fields,
  })
  const headers = {
    ...signedHeaders(line),
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  }
  return ask(wire, addressOf(line, resource), { method: 'POST', headers, body: form.toString() })
}

/** The address without its last slash: `https://partner.gupshup.io/partner` keeps its path. */
function base(address: string): string {
  return address.replace(/\/+$/, '')
}
