/** What the portal says of the application itself: updated, paid for or not, taken out. */
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import { Deed } from './deeds/deed.ts'
import { beginDeed, DEED } from './deeds/take-deed.ts'
import { asMap, asNumber, isYes } from './rest/answers.ts'
import type { KeptEvent } from './portal-store.ts'
import type { PortalName } from './surroundings.ts'
import { vouch, type Arrival } from './vouch.ts'

/** What a Portal object does about it. */
export type Hands = {
  arrive(arrival: Arrival): Promise<unknown>
  register(): Promise<unknown>
  check(): Promise<unknown>
  /** `toldAt`: when the portal said so; an installation since then stays. */
  leave(isClean: boolean, toldAt: number): Promise<void>
  people(when: 'soon'): Promise<unknown>
  /** A line is no longer ours; `connector` null: it is no longer there. */
  lost(connector: string | null, line: number, problem: string): Promise<void>
}

const Text = z.string().check(z.minLength(1), z.maxLength(2_000))
const Auth = z.looseObject({
  member_id: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  application_token: z.optional(Text),
  domain: z.optional(Text),
  server_endpoint: z.optional(Text),
  access_token: z.optional(Text),
  refresh_token: z.optional(Text),
})
/** An event as a portal posts it. */
export const PortalEvent = z.looseObject({
  event: z.string().check(z.regex(/^[A-Za-z0-9_]{1,60}$/)),
  data: z.optional(z.unknown()),
  auth: Auth,
})
export type PortalEvent = z.infer<typeof PortalEvent>

/** Vouches for the tokens that an event brings. Null: it brings none. */
export async function vouchFor(env: Env, appId: string | null, { auth }: PortalEvent, now: number) {
  if (!auth.refresh_token || !auth.domain) return null
  const { member_id: memberId, domain, refresh_token: refresh } = auth
  const claim = { appId, memberId, domain, refresh }
  return vouch(
    env,
    { ...claim, serverEndpoint: auth.server_endpoint ?? null, applicationToken: auth.application_token ?? null },
    now,
  )
}

/** The installation that an event is of; `portalId` null: nobody has said whose it is. */
type Of = PortalName & { portalId: string | null }

/** Acts on a stored event. Throws when it should be tried again. */
export async function actOn(hands: Hands, env: Env, { appId, portalId }: Of, { name, body, at }: KeptEvent): Promise<void> {
  const event = PortalEvent.parse(JSON.parse(body))
  switch (name) {
    case 'ONAPPINSTALL':
    case 'ONAPPUPDATE': {
      const vouched = await vouchFor(env, appId, event, Date.now())
      if (vouched && !vouched.ok && vouched.why === 'away') throw new Error(vouched.code)
      if (vouched?.ok) await hands.arrive(vouched.arrival)
      await hands.register()
      return
    }
    case 'ONAPPUNINSTALL': {
      const data = z.looseObject({ CLEAN: z.optional(z.unknown()) }).safeParse(event.data)
      return hands.leave(isYes(data.data?.CLEAN), at)
    }
    case 'ONIMCONNECTORSTATUSDELETE': {
      const { connector, line } = asMap(event.data)
      if (typeof connector === 'string') await hands.lost(connector, asNumber(line), 'detached')
      return
    }
    // Its data are the line's number and nothing else.
    case 'ONIMCONNECTORLINEDELETE':
      return hands.lost(null, asNumber(event.data), 'line_deleted')
    case 'ONAPPPAYMENT':
      return void (await hands.check())
    case DEED:
      if (portalId !== null) await beginDeed(env, portalId, Deed.parse(event.data))
      return
    case 'ONUSERADD':
      // Messages of operators wait behind this event: reading everybody must not hold them up.
      await hands.people('soon')
  }
}
