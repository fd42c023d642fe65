/** Where the client database may be: an address that somebody typed leads to no place but a public one. */
import { isPublicAddress } from '../lib/public-address.ts'

/**
 * https on its usual port and a public name (no bare address: it may be one of a private network), never our own; or the
 * simulator, where there is one on this machine (`local`, in development only).
 */
export function mayAsk(address: string, own: string, local: string | null): boolean {
  if (isPublicAddress(address, own)) return true
  if (local === null || !URL.canParse(address)) return false
  const url = new URL(address)
  return url.origin === local && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

/** A path below the base address, with its query; null when it would lead anywhere else. */
export function below(base: string, path: string, query: Record<string, string> = {}): string | null {
  if (!path.startsWith('/') || path.startsWith('//') || /[\\\s]|(^|\/)\.\.?(\/|$)/.test(path)) return null
  const root = base.replace(/\/+$/, '')
  if (!URL.canParse(`${root}${path}`)) return null
  const url = new URL(`${root}${path}`)
  if (url.origin !== new URL(root).origin) return null
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** Headers that a request has by itself, or that would make it another one. */
const NOT_GIVEN = /^(host|cookie|connection|content-|transfer-|cf-|x-forwarded|if-|te$|upgrade|accept)/i

/** May a secret travel under this name? */
export function isHeaderName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name) && !NOT_GIVEN.test(name)
}
