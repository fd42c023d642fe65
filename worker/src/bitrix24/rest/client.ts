/** One call of a portal's REST: JSON, the token in the body, a portal that has moved followed by our own hand. */
import { ask, type Asker } from '../../lib/ask.ts'
import { meaningOf, type Meaning } from './answers.ts'
import { movedTo, portalOf, type Hosts } from './hosts.rules.ts'

/** `domain`: where the portal is now. `lost`: no answer came, and the call may have been carried out if it `left`. */
export type RestAnswer = ({ lost: false; meaning: Meaning } | { lost: true; left: boolean; detail: string }) & { domain: string }

/** A cloud portal cuts a request off after a minute. */
export const REST_MS = 60_000
const MOVES = 3
const AGENT = 'WhatsappB24/1.0'

/** Calls a method. A redirect is answered by the same POST at the new host, once that is a place where a portal may be. */
export async function askPortal(
  asker: Asker,
  hosts: Hosts,
  domain: string,
  method: string,
  params: Record<string, unknown>,
  token: string,
): Promise<RestAnswer> {
  let at = domain
  for (let move = 0; move < MOVES; move += 1) {
    const base = portalOf(at, hosts)
    if (base === null) return { lost: true, left: false, detail: 'address_refused', domain }
    const answer = await ask(asker, `${base}/rest/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': AGENT },
      body: JSON.stringify({ ...params, auth: token }),
    })
    if (!answer.came) return { lost: true, left: answer.left, detail: answer.detail, domain: at }
    if (answer.status < 300 || answer.status >= 400) {
      return { lost: false, meaning: meaningOf(answer.status, answer.json), domain: at }
    }
    const next = movedTo(answer.headers.get('location'), hosts)
    if (next === null) return { lost: true, left: false, detail: 'moved_nowhere', domain: at }
    at = next
  }
  return { lost: true, left: false, detail: 'moved_too_often', domain }
}
