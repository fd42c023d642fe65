/** Which adapters there are. Nobody else knows. */
import type { ChannelAdapter } from './channel.ts'
import { gupshupChannel } from './gupshup/gupshup-channel.ts'
import { metaChannel } from './meta/meta-channel.ts'
import { sessionChannel } from './session/session-channel.ts'

export { verifyChallenge } from './meta/meta-channel.ts'
export { FleetObject } from './session/fleet-object.ts'
export { fleetOf, SHARED_FLEET } from './session/fleet.rules.ts'
export type { House } from './session/session-flow.ts'
export { SessionHome } from './session/session-home.ts'

const ADAPTERS: Partial<Record<string, ChannelAdapter>> = { meta: metaChannel, gupshup: gupshupChannel, session: sessionChannel }

/** The adapter of a kind of channel, or null for a kind that has none. */
export function adapterOf(kind: string): ChannelAdapter | null {
  return ADAPTERS[kind] ?? null
}
