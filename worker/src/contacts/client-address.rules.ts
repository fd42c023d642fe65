/** How the client database is asked: nowhere but below its address, and with no header that makes it another request. */

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
