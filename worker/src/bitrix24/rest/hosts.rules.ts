/** Which hosts of Bitrix24 we speak to. What a frame or an event names is an attacker's until it passed here. */
import { isPublicAddress } from '../../lib/public-address.ts'

/** `isLocal`: simulators stand for Bitrix24, and portals live on ports of this machine. Never in production. */
export type Hosts = { oauth: string; own: string; isLocal: boolean }

/** West and east. The client's secret goes nowhere else (reference/bitrix24.md §3.4). */
export const OAUTH_HOSTS = ['https://oauth.bitrix.info', 'https://oauth.bitrix24.tech'] as const

/** The authorization server that an installation names, if it is one of Bitrix24's; null: nothing is asked of anybody. */
export function oauthOf(serverEndpoint: string | null, hosts: Hosts): string | null {
  if (serverEndpoint === null) return hosts.oauth
  const given = serverEndpoint.replace(/\/rest\/?$/, '').replace(/\/+$/, '')
  if (given === hosts.oauth) return given
  // Where the simulator stands for it, nothing leaves for the real one.
  if (hosts.isLocal) return null
  return OAUTH_HOSTS.find((known) => known === given) ?? null
}

/** The address of a portal, from the bare host that a frame or event gives: `acme.bitrix24.es`. Null: none of those that may be asked. */
export function portalOf(domain: string, hosts: Hosts): string | null {
  if (!/^[a-z0-9.-]{1,253}(:\d{1,5})?$/.test(domain)) return null
  if (hosts.isLocal && /^(localhost|127\.0\.0\.1):\d+$/.test(domain)) return `http://${domain}`
  return isPublicAddress(`https://${domain}`, hosts.own) ? `https://${domain}` : null
}

/** Where a portal says that it has moved to, as a bare host; null when that is no place for its tokens. */
export function movedTo(location: string | null, hosts: Hosts): string | null {
  if (location === null || !URL.canParse(location)) return null
  const { host, protocol } = new URL(location)
  const base = portalOf(host, hosts)
  return base?.startsWith(`${protocol}//`) ? host : null
}
