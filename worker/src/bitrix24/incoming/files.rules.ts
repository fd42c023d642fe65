/** Where a file of a portal, or of a robot's link, may lie. Its address is a stranger's word until it passed here. Pure. */
import { portalOf, type Hosts } from '../rest/hosts.rules.ts'
import { isPublicName } from '../../lib/public-address.ts'

/** Hosts from which Bitrix24's cloud serves what portals keep. */
const CDN = /^([a-z0-9-]+\.)*bitrix24\.(com|com\.br|com\.tr|es|eu|de|fr|it|pl|in|mx|co|id|vn|jp|cn|uk|ru|by|kz)$/

/** The address to ask, without its fragment; null: nobody is asked. `from`: where the redirect came from. */
export function fileAddress(link: string, from: string | null, domain: string, hosts: Hosts): string | null {
  const base = portalOf(domain, hosts)
  if (base === null || !URL.canParse(link, from ?? base)) return null
  const url = new URL(link, from ?? base)
  url.hash = ''
  if (url.username !== '' || url.password !== '') return null
  if (url.origin === new URL(base).origin) return url.href
  const isCloud = url.protocol === 'https:' && url.port === '' && isPublicName(url.hostname) && CDN.test(url.hostname)
  // A portal of its own keeps its files at home: only the cloud has other hosts.
  return isCloud && CDN.test(domain) ? url.href : null
}

/** The same of a file that anybody may read: https at a public name that is not ours. */
export function publicFileAddress(link: string, from: string | null, hosts: Hosts): string | null {
  if (!URL.canParse(link, from ?? undefined)) return null
  const url = new URL(link, from ?? undefined)
  url.hash = ''
  if (url.username !== '' || url.password !== '' || url.protocol !== 'https:' || url.port !== '') return null
  return isPublicName(url.hostname) && url.hostname !== new URL(hosts.own).hostname ? url.href : null
}
