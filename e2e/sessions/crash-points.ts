/** Where a session-node is killed: each point brings the traffic to that very moment and holds it there. */
import type { LinkFrame, SessionFrame, Write } from '#contract/session-node.ts'
import { until } from '../chaos/until.ts'
import type { SessionNode } from './nodes.ts'
import { SOON_MS, type Customer, type Linked, type Stage } from './stage.ts'
import type { Direction, Frame } from './wire.ts'

export type Scene = { stage: Stage; number: Linked; customer: Customer }
/** Resolves when the moment has come, with what must be killed. */
export type Point = { name: string; reach(scene: Scene): Promise<SessionNode> }

type Fits = (write: Write) => boolean

export const isWrite = (frame: Frame): frame is Extract<LinkFrame, { t: 'write' }> => frame.t === 'write'
const isAck = (frame: Frame): frame is Extract<SessionFrame, { t: 'ack' }> => frame.t === 'ack'
const tells: Fits = ({ events }) => events?.some(({ event }) => event.type === 'message') ?? false
const ticks: Fits = ({ events }) => events?.some(({ event }) => event['status'] === 'delivered') ?? false
const settles =
  (state: 'stored' | 'sent'): Fits =>
  ({ sends }) =>
    sends?.some((one) => one.state === state) ?? false
const keeps =
  (kind: string, word = ''): Fits =>
  ({ keys }) =>
    keys?.some((row) => row.kind === kind && row.value !== null && row.value.includes(word)) ?? false

export function nodeOf({ stage, number }: Scene): SessionNode {
  const node = stage.nodes.of(number.channelId)
  if (!node) throw new Error('nobody runs the number')
  return node
}

/** What is written has left the node and reaches nobody. */
function unwritten(scene: Scene, fits: Fits): Promise<void> {
  const { stage, number } = scene
  return stage.nodes.trap({
    ...{ channelId: number.channelId, direction: 'up', freezes: ['up'], passes: false },
    fits: (frame) => isWrite(frame) && fits(frame.write),
  })
}

/** It is written, and the node never hears of it. */
async function unheard(scene: Scene, fits: Fits): Promise<void> {
  const { stage, number } = scene
  let n = Infinity
  const fitsAlso = (frame: Frame): boolean => {
    if (!isWrite(frame) || !fits(frame.write)) return false
    n = frame.n
    return true
  }
  await stage.nodes.trap({
    ...{ channelId: number.channelId, direction: 'up', freezes: ['down'], passes: true, fits: fitsAlso },
  })
  const acks = () => nodeOf(scene).wire.held(number.channelId, 'down').filter(isAck)
  await until('its acknowledgement is on the way', () => acks().some((ack) => ack.n >= n), SOON_MS)
}

/** The node hears that it is written, and from that moment on nothing passes between it and WhatsApp in one direction. */
async function heardThenCut(scene: Scene, fits: Fits, direction: Direction): Promise<void> {
  const { stage, number } = scene
  const { channelId } = number
  let n = Infinity
  const written = (frame: Frame): boolean => {
    if (!isWrite(frame) || !fits(frame.write)) return false
    n = frame.n
    return true
  }
  await Promise.all([
    stage.nodes.trap({ channelId, direction: 'up', freezes: [], passes: true, fits: written }),
    stage.nodes.trap({
      ...{ channelId, direction: 'down', freezes: [], passes: true },
      fits: (frame) => isAck(frame) && frame.n >= n,
      sprung: () => nodeOf(scene).line.freeze(direction),
    }),
  ])
}

const heldBack = (scene: Scene): Promise<void> =>
  until('something for WhatsApp is held back', () => nodeOf(scene).line.held('up') > 0, SOON_MS)

/** Customer and agent talk at the same time; resolves when the moment has come. */
async function talkInto(scene: Scene, moment: Promise<void>): Promise<SessionNode> {
  const { customer } = scene
  const both = Promise.all([say(customer, 'in', 3), say(customer, 'out', 3)])
  await Promise.all([moment, both])
  return nodeOf(scene)
}

let words = 0
export async function say(customer: Customer, direction: 'in' | 'out', times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    words += 1
    await (direction === 'in' ? customer.writes(`pregunta ${words}`) : customer.hears(`respuesta ${words}`))
  }
}

export const POINTS: readonly Point[] = [
  { name: 'a message is opened and not written', reach: (scene) => talkInto(scene, unwritten(scene, tells)) },
  { name: 'a message is written and that is not heard', reach: (scene) => talkInto(scene, unheard(scene, tells)) },
  {
    name: 'a message is written and its receipt has not left',
    reach: (scene) =>
      talkInto(
        scene,
        heardThenCut(scene, tells, 'up').then(() => heldBack(scene)),
      ),
  },
  { name: 'an order has come and is not stored', reach: (scene) => talkInto(scene, unwritten(scene, settles('stored'))) },
  { name: 'an order is stored and that is not heard', reach: (scene) => talkInto(scene, unheard(scene, settles('stored'))) },
  {
    name: 'an order is stored and has not left',
    reach: (scene) =>
      talkInto(
        scene,
        heardThenCut(scene, settles('stored'), 'up').then(() => heldBack(scene)),
      ),
  },
  {
    name: 'an order has left and WhatsApp’s word is not heard',
    async reach(scene) {
      const { customer } = scene
      const count = async () => (await customer.onPhone()).filter(({ direction }) => direction === 'out').length
      const before = await count()
      const left = heardThenCut(scene, settles('stored'), 'down')
      return talkInto(
        scene,
        left.then(() => until('the phone has it', async () => (await count()) > before, SOON_MS)),
      )
    },
  },
  { name: 'WhatsApp’s word is heard and not written', reach: (scene) => talkInto(scene, unwritten(scene, settles('sent'))) },
  {
    name: 'WhatsApp’s word is written and that is not heard',
    reach: (scene) => talkInto(scene, unheard(scene, settles('sent'))),
  },
  { name: 'a tick is heard and not written', reach: (scene) => talkInto(scene, unwritten(scene, ticks)) },
  {
    name: 'a message has come without its words',
    async reach(scene) {
      await scene.number.fault({ what: 'bare', next: 1 })
      return talkInto(scene, unwritten(scene, tells))
    },
  },
  {
    name: 'new one-time keys are made and not written',
    async reach(scene) {
      const moment = unwritten(scene, keeps('pre-key'))
      await scene.stage.control('POST', `/whatsapp-web/numbers/${scene.number.phone}/few-keys`, {})
      return talkInto(scene, moment)
    },
  },
  {
    name: 'new one-time keys are written and not uploaded',
    async reach(scene) {
      const moment = heardThenCut(scene, keeps('pre-key'), 'up').then(() => heldBack(scene))
      await scene.stage.control('POST', `/whatsapp-web/numbers/${scene.number.phone}/few-keys`, {})
      return talkInto(scene, moment)
    },
  },
  {
    name: 'the customer’s phone could not open a message and asks for it again',
    async reach(scene) {
      await scene.customer.does('forget')
      await scene.number.fault({ what: 'no-ack', next: 1 })
      const asked = scene.stage.nodes.trap({
        ...{ channelId: scene.number.channelId, direction: 'up', freezes: ['up'], passes: false },
        fits: (frame) => frame.t === 'kept',
      })
      // The first life does not hear the wish; the second one dies over it.
      const deaf = heardThenCut(scene, settles('stored'), 'down')
      const first = await talkInto(scene, deaf)
      await first.kill()
      await Promise.all([asked, scene.stage.nodes.start(1)])
      return nodeOf(scene)
    },
  },
]
