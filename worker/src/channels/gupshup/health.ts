/** Do the credentials and the app work? reference/gupshup.md §4 and §12. */
import type { Health, Line, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import { fieldsOf, nameOf } from '../../lib/untrusted.ts'
import { addressOf, gupshupOf, signedHeaders } from './api.ts'
import { failureOf } from './errors.ts'

/** Self-serve: listing the templates shows that key and app belong together. Partner: the account's own state. */
export async function health(line: Line, wire: Wire): Promise<Health> {
  const path = `wa/app/${encodeURIComponent(gupshupOf(line).appId)}/template`
  const headers = { ...signedHeaders(line), accept: 'application/json' }
  const answer = await ask(wire, addressOf(line, { selfServe: path, partner: 'waba/info' }), {
    method: 'GET',
    headers,
  })
  const body = answer.came ? fieldsOf(answer.json) : {}
  if (!answer.came || answer.status !== 200 || body.status === 'error')
    return { ok: false, error: healthError(failureOf(answer)) }
  const info = fieldsOf(body.wabaInfo)
  if (info.canSendMessage === 'BLOCKED') {
    return {
      ok: false,
      error: {
        providerCode: 'BLOCKED',
        code: 'account_blocked',
        detail: nameOf(info.accountStatus, 100),
      },
    }
  }
  return { ok: true, displayName: nameOf(info.verifiedName) ?? null }
}

/** A question that changes nothing cannot be half done: without an answer the provider was just not there. */
function healthError({ outcome, error }: ReturnType<typeof failureOf>) {
  if (outcome === 'unknown') return { ...error, code: 'provider_unreachable' }
  // Of the app's own address a 400 says that the app's id is not right (§12).
  return error.providerCode === 'http_400' ? { ...error, code: 'app_mismatch' } : error
}
