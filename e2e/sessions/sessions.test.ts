/**
 * Unofficial numbers under disaster, with everything real but WhatsApp: session-nodes in processes of their own, the
 * unmodified library, the Worker in workerd, PostgreSQL. Every wait is a tenth of what it is for people
 * (`SESSIONS_TIME_SCALE=1`: as long as it is).
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPortal } from '../bitrix24-house/portal.ts'
import { isWrite, nodeOf, POINTS, say, WORKER_POINTS } from './crash-points.ts'
import { pause, until } from '../chaos/until.ts'
import { OUTAGE_MS, OUTAGES } from './outages.ts'
import { ENDS, INTERRUPTIONS } from './ends.ts'
import { settled } from './settled.ts'
import { openStage, SOON_MS, type Customer, type Linked, type Stage } from './stage.ts'

const LANES = 3
let stage: Stage
const free: Linked[] = []
const wanted: ((number: Linked) => void)[] = []

beforeAll(async () => {
  stage = await openStage()
  // One number for each node, and one node that waits for the next death.
  free.push(...(await Promise.all(Array.from({ length: LANES }, () => stage.number()))))
  await stage.nodes.start(1)
}, 120_000)

afterAll(() => stage?.close())

/** A word each way, arrived: from here on both sides know each other. */
async function talk(customer: Customer): Promise<void> {
  await say(customer, 'in', 1)
  await say(customer, 'out', 1)
  await settled([customer], SOON_MS)
}

/** What is wrong with it still: what came in by a line that had just opened may be in its chat before that is written. */
async function wrongWith(number: Linked): Promise<string | null> {
  await until(`${number.name} is well`, async () => (await number.problem()) === null, SOON_MS)
  return number.problem()
}

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
    await talk(customer)
    const before = await number.logins()
    const node = await reach({ stage, number, customer })
    // Who has never written needs one of the number's one-time keys.
    const stranger = number.customer()
    await Promise.all([
      node.kill(),
      stage.nodes.start(1),
      say(customer, 'in', 1),
      say(customer, 'out', 1),
      say(stranger, 'in', 1),
    ])
    await settled([customer, stranger], SOON_MS)
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
    expect(await wrongWith(number)).toBeNull()
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

test.concurrent('a phone that is another number’s already is not linked twice: the new number says why, the other one goes on', async () => {
  const [first, pushes] = await Promise.all([stage.number(), stage.adminsPhone()])
  const [own, others] = await Promise.all([
    stage.unlinkedNumber({ phone: first.phone }),
    stage.otherCompany().then((hands) => stage.unlinkedNumber({ phone: first.phone, hands })),
    stage.nodes.start(2),
  ])
  const saysWhy = async (number: typeof own, code: string) => {
    await number.scan(await number.showCode())
    await until(`${number.name}: ${code}`, async () => (await number.problem()) === code, SOON_MS)
    expect(await number.session()).toMatchObject({ state: 'unlinked', code, me: null })
  }
  await saysWhy(own, 'session_number_own')
  await until('the push is there', async () => (await pushes()).some((text) => text.includes(own.name)), SOON_MS)
  await saysWhy(others, 'session_number_taken')
  // WhatsApp’s own word on the end comes later than ours, and takes nothing of it back.
  await talk(first.customer())
  expect(await Promise.all([own, others].map(async (number) => (await number.session()).code))).toEqual([
    'session_number_own',
    'session_number_taken',
  ])
  expect(await first.problem()).toBeNull()

  // As the next step says: what is no longer linked there may be linked by whoever has the phone in hand.
  await first.line('removed')
  await until('it is free', async () => (await first.problem()) === 'session_logged_out', SOON_MS)
  await others.scan(await others.showCode())
  await others.stands('open')
  await until('nothing is wrong', async () => (await others.problem()) === null, SOON_MS)
  await saysWhy(first, 'session_number_taken')
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
  await talk(customer)
  expect(await wrongWith(number)).toBeNull()
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
    await talk(customer)
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
    await talk(customer)
    const before = await number.logins()
    const cut = nodeOf({ stage, number, customer })
    cut.wire.away(true)
    await Promise.all([say(customer, 'in', 2), say(customer, 'out', 2)])
    await settled([customer], SOON_MS)
    expect(await number.logins()).toEqual({ logins: before.logins + 1, overlaps: before.overlaps })
    cut.wire.away(false)
  }))

test.concurrent('a message that cannot be opened and is not sent again leaves a line in its chat, which its words take when they come', () =>
  withNumber(async (number) => {
    const customer = number.customer()
    await say(customer, 'in', 1)
    // Before the first answer a message carries keys too, and a bit that is turned may be one that nobody reads.
    await say(customer, 'out', 1)
    await settled([customer], SOON_MS)
    // One that is asked for again and comes soon stands where it was written, though the next ones were opened before it.
    await number.fault({ what: 'spoil', next: 1 })
    await say(customer, 'in', 3)
    await settled([customer], SOON_MS)
    await say(customer, 'out', 1)
    await settled([customer], SOON_MS)
    await Promise.all([number.fault({ what: 'spoil', next: 1 }), number.fault({ what: 'no-again' })])
    await customer.writes('por fin')
    const last = async () => (await customer.rows()).at(-1)
    await until('the line is there', async () => (await last())?.kind === 'unsupported', SOON_MS)
    expect(await last()).toMatchObject({ text: null, extra: { unsupported: 'waiting_for_phone' } })
    await number.mend()
    await number.line('cut')
    await settled([customer], SOON_MS)
    expect(await last()).toMatchObject({ kind: 'text', text: 'por fin', extra: null })
  }))

test.concurrent('an operator of Bitrix24 edits and takes back what was sent, on the phone of the customer too', async () => {
  const number = await stage.number()
  const portal = await aPortal({ control: stage.control, api: stage.api, must: stage.company.must }, 'pro100')
  await portal.install()
  await portal.bind(number.channelId)
  const customer = number.customer()
  await customer.writes('¿Cuánto es?')
  const bubbles = async (from: string) => (await portal.rows('bubbles')).filter((one) => one['from'] === from)
  await until('it stands in the open line', async () => (await bubbles('client')).length === 1, SOON_MS)
  await portal.does('write', { chat: (await bubbles('client'))[0]?.['chatId'], text: 'Son 20', userId: 2 })
  const arrived = async () => (await bubbles('operator')).some(({ delivery }) => delivery === 'delivered')
  await until('the operator sees that it arrived', arrived, SOON_MS)
  const message = (await bubbles('operator'))[0]?.['id']
  await portal.does('edit', { message, text: 'Son [b]25[/b]' })
  const onPhone = async () => (await customer.onPhone()).flatMap(({ direction, text }) => (direction === 'out' ? [text] : []))
  await until('the customer reads the new words', async () => (await onPhone()).includes('Son *25*'), SOON_MS)
  // WhatsApp has them first: ours are written once it has.
  await until('the desk has them too', async () => (await customer.rows()).at(-1)?.text === 'Son *25*', SOON_MS)
  await portal.does('delete', { message })
  const isGone = async () => (await customer.onPhone()).some((one) => one.direction === 'out' && one['revokedAt'] !== null)
  await until('it is taken back', isGone, SOON_MS)
  expect(await onPhone()).toHaveLength(1)
})

test('kill -9 of the Worker at every turn: nothing is lost, nothing is doubled', async () => {
  const number = free.pop() ?? (await stage.number())
  const customer = number.customer()
  await talk(customer)
  const { worker } = stage.house
  for (const { reach } of WORKER_POINTS) {
    await reach({ stage, number, customer })
    await worker.killRuntime()
    await settled([customer], 2 * SOON_MS)
  }
  expect(await wrongWith(number)).toBeNull()
  free.push(number)
})

test.each(OUTAGES)(
  '$name for a minute: everything arrives afterwards, once and in order, and says why so late',
  async (outage) => {
    const [first, second] = await Promise.all([free.pop() ?? stage.number(), free.pop() ?? stage.number()])
    const customers = [first.customer(), first.customer(), second.customer(), second.customer()]
    await Promise.all(customers.map((customer) => say(customer, 'in', 1).then(customer.chat)))
    await settled(customers, SOON_MS)
    const over = new AbortController()
    // Neither waits for the other: an answer that is not taken while the database is away keeps no customer from writing.
    const talking = customers.flatMap((customer) =>
      (['in', 'out'] as const).map(async (way) => {
        while (!over.signal.aborted) await Promise.all([say(customer, way, 1), pause(OUTAGE_MS / 8)])
      }),
    )
    await outage.happens(stage, first, second)
    over.abort()
    await Promise.all(talking)
    await settled(customers, 3 * SOON_MS)
    for (const [at, { said, trace }] of customers.entries()) {
      const hops = (await Promise.all([...said.in, ...said.out].map((text) => trace(text)))).flat()
      expect(hops.map(({ what }) => what)).toContain(outage.explained[at < 2 ? 0 : 1])
    }
    free.push(first, second)
  },
)

/** Ten times with the nodes alone: session-node/src/socket.test.ts. */
const BURSTS = Number(process.env['SESSIONS_BURSTS'] ?? 1)
const EACH_WAY = 200
const CUSTOMERS = 10

test(`${EACH_WAY} words each way at once lose nothing, though every frame to and from the Worker takes 4 to 16 ms`, async () => {
  const number = free.pop() ?? (await stage.number())
  nodeOf({ stage, number, customer: number.customer() }).wire.slow(() => 4 + 12 * Math.random())
  const customers = Array.from({ length: CUSTOMERS }, () => number.customer())
  await Promise.all(customers.map((customer) => say(customer, 'in', 1).then(customer.chat)))
  const before = await customers[0]?.troubles()
  const loggedIn = await number.logins()
  for (let burst = 0; burst < BURSTS; burst += 1) {
    const ways = (['in', 'out'] as const).flatMap((way) => customers.map((customer) => say(customer, way, EACH_WAY / CUSTOMERS)))
    await Promise.all(ways)
    await settled(customers, 3 * SOON_MS)
  }
  // Nobody had to ask for anything twice.
  const logins = [loggedIn, await number.logins()].map((one) => JSON.stringify(one))
  expect(await customers[0]?.troubles(), `logins before and after: ${logins.join(', ')}`).toEqual(before)
})
