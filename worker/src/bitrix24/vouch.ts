/**
 * Who a frame or an event really comes from. What a portal sends is a claim (an on-premise one can send anything): the refresh token
 * is changed at the authorization server with our own secret, which says whose portal, whose employee and that it is our application.
 */
import * as z from 'zod'
import { asMap, isYes } from './rest/answers.ts'
import { askPortal } from './rest/client.ts'
import { oauthOf, portalOf } from './rest/hosts.rules.ts'
import type { AppFacts } from './rest/verdicts.ts'
import { appInfo, refreshed, type Grant } from './rest/oauth.ts'
import { askerOf, clientOf, hostsOf, type PortalName } from './surroundings.ts'
import type { Env } from '../lib/env.ts'

export type Claim = PortalName & {
  domain: string
  serverEndpoint: string | null
  refresh: string
  applicationToken: string | null
}
/** An installation that the authorization server has vouched for. */
export type Arrival = PortalName & {
  domain: string
  oauth: string
  user: { id: string; name: string; isAdmin: boolean }
  grant: Grant
  applicationToken: string | null
  facts: AppFacts | null
}
export type Vouched =
  | { ok: true; arrival: Arrival; timeZone: string | null }
  /** `refused`: it is not what it says; `away`: nobody could be asked; `denied`: the portal does not let us in. */
  | { ok: false; why: 'refused' | 'away' | 'denied'; code: string }

const VOUCH_MS = 15_000

/** Where the authorization server says that the portal is. */
function hostIn(endpoint: string): string {
  return URL.canParse(endpoint) && new URL(endpoint).pathname === '/rest/' ? new URL(endpoint).host : ''
}

export async function vouch(env: Env, claim: Claim, now: number): Promise<Vouched> {
  const hosts = hostsOf(env)
  const asker = askerOf(VOUCH_MS)
  const oauth = oauthOf(claim.serverEndpoint, hosts)
  if (oauth === null || portalOf(claim.domain, hosts) === null) return { ok: false, why: 'refused', code: 'address_refused' }
  const client = await clientOf(env, claim.appId)
  if (!client) return { ok: false, why: 'refused', code: 'no_application' }
  const granted = await refreshed(asker, oauth, client, claim.refresh, now)
  if (!granted.ok) return { ok: false, why: granted.verdict === 'later' ? 'away' : 'refused', code: granted.code }
  const domain = hostIn(granted.endpoint)
  if (granted.memberId !== claim.memberId || portalOf(domain, hosts) === null)
    return { ok: false, why: 'refused', code: 'other_portal' }
  const [facts, profile] = await Promise.all([
    appInfo(asker, oauth, granted.grant.access),
    askPortal(asker, hosts, domain, 'profile', {}, granted.grant.access),
  ])
  if (profile.lost) return { ok: false, why: 'away', code: profile.detail }
  const { problem, result } = profile.meaning
  if (problem) return { ok: false, why: 'denied', code: problem.code }
  const { NAME, LAST_NAME, ADMIN, TIME_ZONE } = asMap(result)
  const name = [NAME, LAST_NAME].flatMap((part) => (typeof part === 'string' && part.trim() !== '' ? [part.trim()] : []))
  const user = { id: granted.userId, name: name.join(' ').slice(0, 120) || `#${granted.userId}`, isAdmin: isYes(ADMIN) }
  const { appId, memberId, applicationToken } = claim
  return {
    ok: true,
    arrival: { appId, memberId, domain: profile.domain, oauth, user, grant: granted.grant, applicationToken, facts },
    timeZone: z.string().safeParse(TIME_ZONE).data || null,
  }
}
