import type { Channel } from '#contract/channels.ts'

/** The numbers that send nothing now for want of a subscription, and those whose payment failed and that soon will not. Pure. */
export function unpaidOf(channels: readonly Channel[], now: number): Channel[] {
  return channels.filter(({ state, subscription }) => {
    if (!subscription || state === 'archived') return false
    return subscription.state === 'grace' || subscription.sendsUntil === null || Date.parse(subscription.sendsUntil) <= now
  })
}
