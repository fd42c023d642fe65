/** How people, roles and numbers are called on these screens. */
import type { Channel } from '#contract/channels.ts'
import type { Base } from '#contract/permissions.ts'
import { phoneNumber } from '../../text/format.ts'
import { t } from '../../text/text.ts'

/** An own role has its name; the standard ones are called in the reader's language. */
export function roleName(role: { name: string | null; base: Base }): string {
  return role.name ?? t().settings.roleNames[role.base]
}

export function channelOption(channel: Channel): { id: string; name: string; help: string } {
  return { id: channel.id, name: channel.name, help: channel.phone ? phoneNumber(channel.phone) : '' }
}
