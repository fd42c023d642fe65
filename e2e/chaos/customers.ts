/** Fifty customers who write without end: half through the simulator, half by hooks made by hand, in mixed batches. */
import { pause, until } from './until.ts'
import type { Random } from './random.ts'
import { batchBody, postHook, type DemoNumber, type Said, type Status } from './signed.ts'

/** One conversation: what its customer says is numbered from 0. */
export type Conversation = { phone: string; number: DemoNumber; viaSimulator: boolean; said: number }

/** `allowed`: how many words may have been said by now; the disasters raise it, so that they meet traffic. */
export type Tally = { allowed: number; acknowledged: number; posts: number; repeated: number; refused: number; statuses: number }

const WAIT_MS = 60_000

export const textOf = (conversation: Conversation, n: number): string => `${conversation.phone} dice ${n}`

/** Conversations dealt out evenly over the numbers. */
export function conversationsOf(numbers: readonly DemoNumber[], count: number): Conversation[] {
  return Array.from({ length: count }, (_, i) => {
    const number = numbers[i % numbers.length]
    if (!number) throw new Error('no number')
    return { phone: String(593_970_000_000 + i), number, viaSimulator: i < count * 0.4, said: 0 }
  })
}

/** Customers of the simulator, which delivers in order, and again until it is taken. Each round comes when its time has come. */
export async function writeThroughSimulator(
  control: string,
  conversations: readonly Conversation[],
  each: number,
  mayBegin: (round: number) => boolean,
): Promise<void> {
  for (let n = 0; n < each; n += 1) {
    await until(`round ${n} of the simulated customers`, () => mayBegin(n), WAIT_MS)
    await Promise.all(
      conversations.map(async (conversation) => {
        const response = await fetch(`${control}/customers/${conversation.phone}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ to: conversation.number.phone, kind: 'text', text: textOf(conversation, n) }),
        })
        if (!response.ok) throw new Error(`the simulator refused: ${await response.text()}`)
        conversation.said = n + 1
      }),
    )
  }
}

/** Posts until it is taken, as a provider does; the pause grows up to a second. */
async function insist(number: DemoNumber, body: string, tally: Tally): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    tally.posts += 1
    const status = await postHook(number, body)
    if (status === 200) return
    tally.refused += 1
    if (status >= 400 && status < 500) throw new Error(`a valid hook was refused with ${status}`)
    await pause(Math.min(1_000, 50 * 2 ** attempt))
  }
}

/**
 * Customers of one number, by hand: each POST holds the next words of some of them, words that were posted before, and
 * statuses of messages that exist, existed or never did. Some POSTs come twice at the same moment.
 */
export async function writeBatches(
  conversations: readonly Conversation[],
  each: number,
  random: Random,
  sent: () => readonly Status[],
  tally: Tally,
): Promise<void> {
  const earlier: Said[] = []
  for (;;) {
    const open = conversations.filter(({ said }) => said < each)
    const [first] = open
    if (!first) return
    await until('customers may go on', () => tally.acknowledged < tally.allowed, WAIT_MS)
    const fresh: Said[] = []
    for (let words = random.between(1, 5); words > 0; words -= 1) {
      const conversation = random.pick(open)
      const { phone, said: n } = conversation
      if (n >= each) continue
      fresh.push({
        id: `wamid.CHAOS${phone}N${n}`,
        phone,
        text: textOf(conversation, n),
        atSeconds: Math.floor(Date.now() / 1000),
      })
      conversation.said = n + 1
    }
    const repeats = earlier.length > 0 ? Array.from({ length: random.between(0, 3) }, () => random.pick(earlier)) : []
    const known = sent()
    const statuses = known.length > 0 ? Array.from({ length: random.between(0, 3) }, () => random.pick(known)) : []
    if (random.chance(0.1))
      statuses.push({ id: `wamid.NOBODY${random.between(0, 1e9)}`, phone: first.phone, status: 'read', atSeconds: 1 })
    const body = batchBody(first.number, [...repeats, ...fresh], statuses)
    await Promise.all(
      random.chance(0.15)
        ? [insist(first.number, body, tally), insist(first.number, body, tally)]
        : [insist(first.number, body, tally)],
    )
    earlier.push(...fresh)
    tally.acknowledged += fresh.length
    tally.repeated += repeats.length
    tally.statuses += statuses.length
  }
}
