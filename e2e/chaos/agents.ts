/** Agents who answer while everything breaks, each in chats of their own. */
import * as z from 'zod'
import { newId } from '../../worker/src/lib/ids.ts'
import { sendUntilTaken, type Outgoing, type Phone } from './phone.ts'
import type { Random } from './random.ts'
import type { Status } from './signed.ts'
import { until } from './until.ts'

const Received = z.object({
  items: z.array(
    z.looseObject({
      seq: z.number(),
      at: z.number(),
      target: z.enum(['meta', 'gupshup']),
      phone: z.nullable(z.string()),
      text: z.nullable(z.string()),
      callbackData: z.nullable(z.string()),
      providerId: z.nullable(z.string()),
      processed: z.boolean(),
    }),
  ),
})
export type Received = z.infer<typeof Received>['items'][number]

/** Messages that reached the providers, in the order in which they did. */
export async function received(control: string, after = 0): Promise<Received[]> {
  const response = await fetch(`${control}/received?what=message,template&after=${after}`)
  return Received.parse(await response.json()).items
}

type Agent = { address: string; token: string; phone: Phone; random: Random; control: string; name: string }

/**
 * Sends `count` messages, one after the other, to the chats that `mine` says are this agent's. Tells `heard` which of
 * Meta's messages went through, so that their statuses can be told again, and out of order.
 */
export async function answer(
  agent: Agent,
  count: number,
  mine: (chatId: string) => boolean,
  mayBegin: (n: number) => boolean,
  heard: (status: Status) => void,
): Promise<Outgoing[]> {
  const { address, token, phone, random, control, name } = agent
  const sent: Outgoing[] = []
  let after = 0
  for (let n = 0; n < count; n += 1) {
    await until(`${name} may send message ${n}`, () => mayBegin(n) && [...phone.chats.keys()].some(mine), 90_000)
    const chatId = random.pick([...phone.chats.keys()].filter(mine).toSorted())
    const message: Outgoing = { id: newId(), chatId, text: `${name} responde ${n}`, tries: 0, refused: null }
    sent.push(message)
    await sendUntilTaken(address, token, message)
    if (!random.chance(0.2)) continue
    for (const { seq, target, processed, providerId, phone: to } of await received(control, after)) {
      after = seq
      if (target !== 'meta' || !processed || !providerId || !to) continue
      heard({
        id: providerId,
        phone: to,
        status: random.pick(['sent', 'delivered', 'read']),
        atSeconds: Math.floor(Date.now() / 1000),
      })
    }
  }
  return sent
}
