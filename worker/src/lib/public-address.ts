/** Where a request of ours may go when somebody else named the address: to a public name, by https, and never home. */

/** Names that only mean something inside a network. */
const INNER = /(^|\.)(internal|local|localhost|localdomain|lan|home|corp|intranet|private|arpa|test|invalid)$/

/** A name that the whole world resolves; a bare address may be one of a private network. */
export function isPublicName(hostname: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) && !INNER.test(hostname)
}

/** https on its usual port at a public name that is not our own (`own` is our address), and nothing hidden in the address. */
export function isPublicAddress(address: string, own: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' && url.port === '' && url.hostname !== new URL(own).hostname && isPublicName(url.hostname)
}
