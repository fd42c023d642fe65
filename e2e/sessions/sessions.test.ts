/**
 * Unofficial numbers under disaster, with everything real but WhatsApp: session-nodes in processes of their own, the
 * unmodified library, the Worker in workerd, PostgreSQL. Every wait is a tenth of what it is for people.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isWrite, nodeOf, POINTS, say } from './crash-points.ts'
import { until } from '../chaos/until.ts'
import { ENDS, INTERRUPTIONS } from './ends.ts'
import { settled } from './settled.ts'
import { openStage, SOON_MS, type Linked, type Stage } from './stage.ts'

const LANES = 3
let stage: Stage
const free: Linked[] = []
const wanted: ((number: Linked) => void)[] = []

beforeAll(async () => {
  stage = await openStage(0.1)
  // One number for each node, and one node that waits for the next death.
  const numbers = Array.from({ length: LANES }, () => stage.number())
  await stage.nodes.start(1)
  free.push(...(await Promise.all(numbers)))
}, 120_000)

afterAll(() => stage?.close())

/** A number that no other test plays with just now. */
async function withNumber(play: (number: Linked) => Promise<void>): Promise<void> {
  const number = free.pop() ?? (await new Promise<Linked>((take) => wanted.push(take)))
  try {
    await play(number)
  } finally {
    const next = wanted.shift()
    if (next) next(number)
    else free.push(number)
  }
}

test.concurrent.each(POINTS)('kill -9 when $name: nothing is lost, nothing is doubled', ({ reach }) =>
  withNumber(async (number) => {
    const customer = number.customer()
    await say(customer, 'in', 1)
    await say(customer, 'out', 1)
    await settled([customer], SOON_MS)
    const before = await number.logins()
    const node = await reach({ stage, number, customer })
    await Promise.all([node.kill(), stage.nodes.start(1), say(customer, 'in', 1), say(customer, 'out', 1)])
    await settled([customer], SOON_MS)
    expect((await number.logins()).overlaps).toBe(before.overlaps)
    expect(nodeOf({ stage, number, customer })).not.toBe(node)
  }),
)

test.concurrent.each(INTERRUPTIONS)('$name: the number comes back by itself, and nothing is lost', ({ happens }) =>
  withNumber(async (number) => {
    const customer = number.customer()
    await say(customer, 'in', 1)
    await Promise.all([happens(number), say(customer, 'in', 2), say(customer, 'out', 2)])
    await settled([customer], SOON_MS)
    expect(await number.problem()).toBeNull()
  }),
)

test.concurrent.each(ENDS)(
  'a number that $name: the administrator sees why and gets a push, and what waits says so',
  async (end) => {
    const [number, pushes] = await Promise.all([stage.number(), stage.adminsPhone()])
    const customer = number.customer()
    await customer.writes('hola')
    await customer.hears('buenas')
    await settled([customer], SOON_MS)
    // The first one leaves and WhatsApp's word on it gets lost; the second one waits for that word.
    await Promise.all([number.fault({ what: 'no-ack', next: 1 }), number.fault({ what: 'no-receipts' })])
    await customer.hears('en duda')
    await customer.hears('en espera')
    await until('it has left', async () => (await customer.onPhone()).some(({ text }) => text === 'en duda'), SOON_MS)
    await end.happens(number)
    await number.stands(end.shows.state)
    expect(await number.session()).toMatchObject(end.shows)
    await until('the number says what is wrong', async () => (await number.problem()) === end.shows.code, SOON_MS)
    await until('the push is there', async () => (await pushes()).some((text) => text.includes(number.name)), SOON_MS)
    const became = async () => (await customer.rows()).map(({ text, status, error_code: code }) => `${text}: ${code ?? status}`)
    await until('the message that waits says so', async () => (await became()).includes(`en espera: ${end.waiting}`), SOON_MS)

    await customer.writes('¿siguen ahí?')
    await customer.hears('sí')
    await number.mend()
    await (end.shows.state === 'logged_out' ? number.showCode().then(number.scan) : number.reconnect())
    await number.stands('open')
    const isSent = end.waiting === 'sending'
    await until('what waited for the number is delivered', async () => (await became()).includes('sí: delivered'), SOON_MS)
    const outs = (await customer.onPhone()).flatMap(({ direction, text }) => (direction === 'out' ? [text] : []))
    expect(outs).toEqual(['buenas', 'en duda', ...(isSent ? ['en espera'] : []), 'sí'])
  },
)

test.concurrent('a code that nobody scans runs out, says so, and the next one works', async () => {
  const [number] = await Promise.all([stage.unlinkedNumber(), stage.nodes.start(1)])
  await number.showCode()
  await number.stands('unlinked')
  expect(await number.session()).toMatchObject({ code: 'session_qr_over', qr: null })
  await number.scan(await number.showCode())
  await number.stands('open')
})

test.concurrent('kill -9 while a phone links the number: it is asked for another code, and links', async () => {
  const [number] = await Promise.all([stage.unlinkedNumber(), stage.nodes.start(1)])
  const signed = stage.nodes.trap({
    ...{ channelId: number.channelId, direction: 'up', freezes: ['up'], passes: false },
    fits: (frame) => isWrite(frame) && (frame.write.keys?.some(({ value }) => value?.includes('accountSignature')) ?? false),
  })
  await number.scan(await number.showCode())
  await signed
  await stage.nodes.of(number.channelId)?.kill()
  await stage.nodes.start(1)
  await number.scan(await number.showCode())
  await number.stands('open')
  const customer = number.customer()
  await say(customer, 'in', 1)
  await say(customer, 'out', 1)
  await settled([customer], SOON_MS)
  expect(await number.problem()).toBeNull()
})

test.concurrent('a session that another program opens again and again is given up, and says so', async () => {
  const [number, pushes] = await Promise.all([stage.number(), stage.adminsPhone()])
  let logins = 0
  const isBack = async () => (await number.logins()).logins > logins
  for (let times = 0; times < 4; times += 1) {
    await until('it is back', isBack, SOON_MS)
    ;({ logins } = await number.logins())
    await number.line('replaced')
  }
  await number.stands('replaced')
  expect(await number.session()).toMatchObject({ code: 'session_replaced', providerCode: '440' })
  await until('the push is there', async () => (await pushes()).some((text) => text.includes(number.name)), SOON_MS)
  const customer = number.customer()
  await say(customer, 'in', 1)
  await number.reconnect()
  await say(customer, 'out', 1)
  await settled([customer], SOON_MS)
})

test.concurrent('a node that falls asleep is replaced, and does nothing more when it wakes up', () =>
  withNumber(async (number) => {
    const customer = number.customer()
    await say(customer, 'in', 1)
    await say(customer, 'out', 1)
    await settled([customer], SOON_MS)
    const before = await number.logins()
    const sleeper = nodeOf({ stage, number, customer })
    sleeper.pause()
    await Promise.all([say(customer, 'in', 2), say(customer, 'out', 2)])
    await settled([customer], SOON_MS)
    // WhatsApp sees its dead line until it is told better by the next node: that one alone.
    const after = { logins: before.logins + 1, overlaps: before.overlaps + 1 }
    expect(await number.logins()).toEqual(after)
    sleeper.wake()
    await Promise.all([say(customer, 'in', 2), say(customer, 'out', 2)])
    await settled([customer], SOON_MS)
    await until('the sleeper has given up', () => !sleeper.wire.runs(number.channelId), SOON_MS)
    expect(await number.logins()).toEqual(after)
  }))

test.concurrent('a node that cannot reach the Worker lets go of WhatsApp before another node has the number', () =>
  withNumber(async (number) => {
    const customer = number.customer()
    await say(customer, 'in', 1)
    await say(customer, 'out', 1)
    await settled([customer], SOON_MS)
    const before = await number.logins()
    const cut = nodeOf({ stage, number, customer })
    cut.wire.away(true)
    await Promise.all([say(customer, 'in', 2), say(customer, 'out', 2)])
    await settled([customer], SOON_MS)
    expect(await number.logins()).toEqual({ logins: before.logins + 1, overlaps: before.overlaps })
    cut.wire.away(false)
  }))
