/** Which adapters there are. Nobody else knows. */
import type { ChannelAdapter } from './channel.ts'
import { gupshupChannel } from './gupshup/gupshup-channel.ts'
import { metaChannel } from './meta/meta-channel.ts'

export { verifyChallenge } from './meta/meta-channel.ts'

const ADAPTERS: Partial<Record<string, ChannelAdapter>> = { meta: metaChannel, gupshup: gupshupChannel }

/** The adapter of a kind of channel, or null for a kind that has none. */
export function adapterOf(kind: string): ChannelAdapter | null {
  return ADAPTERS[kind] ?? null
}
