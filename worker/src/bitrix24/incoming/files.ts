/** Fetches a file that an operator attached, or a robot's link leads to: behind redirects, from hosts that may be asked, no larger than WhatsApp takes. */
import type { FailureCode } from '#contract/failures.ts'
import { checkUpload, detailsOf, r2KeyOf, storeFile } from '../../channels/index.ts'
import { open, release, type Asker } from '../../lib/ask.ts'
import { cleanName } from '../../lib/clean-text.ts'
import type { Env } from '../../lib/env.ts'
import { TooLong } from '../../lib/streams.ts'
import type { FileRef } from './heard.ts'
import type { PortalFile } from './parts.rules.ts'

/** `again`: it may come with another try. */
export type Fetched = { ok: true; file: PortalFile } | { ok: false; again: boolean; code: FailureCode }

const MOVES = 5
const HEAD_MS = 20_000
const WHOLE_MS = 60_000
/** Without one a portal gives no bytes. */
const AGENT = 'Mozilla/5.0 (compatible; WhatsappB24/1.0)'

const asker: Asker = {
  fetch: (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.any([AbortSignal.timeout(WHOLE_MS), ...(init.signal ? [init.signal] : [])]) }),
  timeoutMs: HEAD_MS,
}

/** The address to ask; null: nobody is asked. `from`: where the redirect came from. */
type AddressOf = (link: string, from: string | null) => string | null

async function opened(addressOf: AddressOf, link: string): Promise<Response | { again: boolean; code: FailureCode }> {
  let address = addressOf(link, null)
  for (let move = 0; move <= MOVES; move += 1) {
    if (address === null) return { again: false, code: 'media_host_refused' }
    const answer = await open(asker, address, { headers: { 'user-agent': AGENT, accept: '*/*' } })
    if (!answer.came) return { again: true, code: 'media_download_failed' }
    const { response } = answer
    if (response.status < 300 || response.status >= 400) return response
    release(response)
    address = addressOf(response.headers.get('location') ?? '', address)
  }
  return { again: false, code: 'media_download_failed' }
}

/** Copies it to R2 under its own key: done twice it is the same file. */
export async function fetchFile(
  env: Env,
  about: { accountId: string; id: string; at: string },
  ref: Pick<FileRef, 'name' | 'link'>,
  addressOf: AddressOf,
): Promise<Fetched> {
  const answer = await opened(addressOf, ref.link)
  if (!(answer instanceof Response)) return { ok: false, ...answer }
  if (answer.status !== 200 || !answer.body) {
    release(answer)
    return { ok: false, again: answer.status >= 500 || answer.status === 429, code: 'media_download_failed' }
  }
  const r2Key = r2KeyOf(about.accountId, about.id, new Date(about.at))
  const name = cleanName(ref.name, 200) || null
  try {
    const stored = await storeFile(env, r2Key, answer.body, null)
    const verdict = checkUpload(stored, '', name, stored?.size ?? 0)
    if (!stored || !verdict.ok) {
      await env.MEDIA.delete(r2Key)
      // Nothing at all is what a portal gives when it is not itself.
      return stored?.size === 0
        ? { ok: false, again: true, code: 'media_download_failed' }
        : { ok: false, again: false, code: verdict.ok ? 'media_kind_not_allowed' : verdict.code }
    }
    const { mime, kind } = verdict
    const details = await detailsOf(env, r2Key, stored, null)
    return { ok: true, file: { id: about.id, name, mime, kind, r2Key, size: stored.size, sha256: stored.sha256, details } }
  } catch (error) {
    if (error instanceof TooLong) return { ok: false, again: false, code: 'media_too_large' }
    return { ok: false, again: true, code: 'media_download_failed' }
  }
}

/** What stands in the chat for a file that did not come. */
export function lostFile(id: string, { name, size, type }: FileRef, reason: FailureCode): PortalFile {
  const kind = type === 'image' || type === 'video' || type === 'audio' ? type : 'document'
  return {
    id,
    name: cleanName(name, 200) || null,
    mime: 'application/octet-stream',
    kind,
    r2Key: null,
    size,
    sha256: null,
    details: null,
    reason,
  }
}
