/** How numbers are called on these screens. */
import type { Channel } from '#contract/channels.ts'
import { phoneNumber } from '../../text/format.ts'

export function channelOption(channel: Channel): { id: string; name: string; help: string } {
  return { id: channel.id, name: channel.name, help: channel.phone ? phoneNumber(channel.phone) : '' }
}
