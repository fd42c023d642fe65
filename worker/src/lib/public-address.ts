/** Where a request of ours may go when somebody else named the address: to a public name, by https, and never home. */

/** Names that only mean something inside a network. */
const INNER = /(^|\.)(internal|local|localhost|localdomain|lan|home|corp|intranet|private|arpa|test|invalid)$/

/** A name that the whole world resolves; a bare address may be one of a private network. */
export function isPublicName(hostname: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) && !INNER.test(hostname)
}

/** `own`: our address. `local`: where simulators stand on this machine, in development only; they may be asked too. */
export type Reach = { own: string; local: string | null }

/** https on its usual port at a public name that is not our own, or a simulator; and nothing hidden in the address. */
export function mayReach(address: string, { own, local }: Reach): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  if (url.origin === local) return true
  return url.protocol === 'https:' && url.port === '' && url.hostname !== new URL(own).hostname && isPublicName(url.hostname)
}

/** The same with a query, where an address is used as it was given: some hooks are told apart by theirs. */
export function mayPost(address: string, reach: Reach): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  url.search = ''
  return mayReach(url.href, reach)
}

/** No simulator either. */
export const isPublicAddress = (address: string, own: string): boolean => mayReach(address, { own, local: null })
