/** Files that customers sent through Gupshup: reference/gupshup.md §4, §6.1, §7. */
import type { ProviderError } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { ChannelAdapter, Line, Wire } from '../channel.ts'
import { open, release } from '../../lib/ask.ts'
import { numberOf } from '../../lib/untrusted.ts'
import { addressOf, gupshupOf, signedHeaders } from './api.ts'

type Fetched = Awaited<ReturnType<ChannelAdapter['fetchMedia']>>

/**
 * Opens an incoming file: its address needs no sign-in and lives 7 days, so no credential is ever sent there. Callbacks
 * carry no signature: an address outside Gupshup is not opened. A partner may also read a file by its id.
 */
export async function fetchMedia(
  ref: { id?: string | undefined; url?: string | undefined },
  line: Line,
  wire: Wire,
): Promise<Fetched> {
  if (ref.url !== undefined) return isGupshups(ref.url, line) ? openFile(ref.url, {}, wire) : gone('media_host_refused')
  if (ref.id === undefined || gupshupOf(line).access !== 'partner') return gone('media_gone')
  const address = addressOf(line, {
    selfServe: '',
    partner: `media/${encodeURIComponent(ref.id)}`,
  })
  return openFile(address, signedHeaders(line), wire)
}

async function openFile(address: string, headers: Record<string, string>, wire: Wire): Promise<Fetched> {
  const opened = await open(wire, address, { method: 'GET', headers })
  if (!opened.came) return { ok: false, again: true, error: failed('provider_unreachable', opened.detail) }
  const { response } = opened
  if (response.status === 200 && response.body) {
    const size = numberOf(response.headers.get('content-length')) ?? null
    return { ok: true, body: response.body, size, mime: response.headers.get('content-type') }
  }
  release(response)
  if (response.status === 404 || response.status === 410) return gone('media_gone')
  return {
    ok: false,
    again: true,
    error: failed('media_download_failed', `http_${response.status}`),
  }
}

/** https at Gupshup; or the simulator itself, where Gupshup is one on this very machine. */
function isGupshups(address: string, line: Line): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const api = new URL(line.addresses.gupshupApi)
  if (api.protocol === 'http:' && LOOPBACK.has(api.hostname)) return url.origin === api.origin
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  return isPlain && (url.hostname === 'gupshup.io' || url.hostname.endsWith('.gupshup.io'))
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

function failed(code: FailureCode, detail?: string): ProviderError {
  return { providerCode: 'none', code, detail }
}

function gone(code: FailureCode): Fetched {
  return { ok: false, again: false, error: failed(code) }
}
