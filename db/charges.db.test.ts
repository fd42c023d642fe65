/** What messages cost, of a number whose messages we pay for: promised when they are stored, ended once by what the provider reports. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aSender, balanceOf, chargeOf, PRICES, SERVICE, twoDaysLater, type Sender } from './local/a-sender.ts'
import { doors, leave } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>
const billed = (category: string) => ({ type: 'regular', category })
const told = (sender: Sender, messageId: unknown, status: string, pricing?: Row) =>
  sender.ingest(
    sender.entry({
      op: 'status',
      ref: messageId,
      providerId: `wamid.${String(messageId)}`,
      status,
      ...(pricing ? { pricing } : {}),
    }),
  )
const decide = (sender: Sender, messageId: unknown, op: 'requeue' | 'discard') =>
  sender.ingest(sender.entry({ op, messageId, token: randomUUID(), by: sender.personId }))
const audit = async () => (await doors().app.query('select * from ledger_audit()')).rows
const postings = async (messageId: unknown) => {
  const { rows } = await doors().owner.query(
    "select key, phase, amount, details from posting where cause_kind = 'message' and cause_id = $1 order by seq",
    [messageId],
  )
  return rows.map(({ key, ...rest }) => ({ key: String(key).replace(String(messageId), '…'), ...rest }))
}

test('a template is promised when it is stored, and paid once by the category that the provider names', async () => {
  const sender = await aSender(1_000)
  const promo = sender.message('marketing')
  expect(await sender.ingest(promo, promo)).toMatchObject([{ inserted: true }, { messageId: promo['messageId'] }])
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '1000', held: '700', available: '300' })
  await told(sender, promo['messageId'], 'sent', billed('utility'))
  await told(sender, promo['messageId'], 'sent', billed('utility'))
  await told(sender, promo['messageId'], 'delivered', billed('utility'))
  await told(sender, promo['messageId'], 'read')
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '800', held: '0', available: '800' })
  expect(await chargeOf(promo['messageId'])).toMatchObject({
    state: 'captured',
    amount: '200',
    category: 'marketing',
    billed: 'utility',
  })
  const details = { channelId: sender.channelId, chatId: sender.chatId, category: 'marketing', market: 'ZW', provider: 'meta' }
  expect(await postings(promo['messageId'])).toMatchObject([
    { key: 'msg:…', phase: 'pending', amount: '700', details: { ...details, billed: null } },
    { key: 'msg:…:paid', phase: 'capture', amount: '200', details: { ...details, billed: 'utility' } },
  ])
})

test('dearer than it was promised: the difference is paid too, and owed where the balance lacks it', async () => {
  const sender = await aSender(250)
  const notice = sender.message('utility')
  // A day after the customer's last word: within it, a notice costs what an answer does.
  await doors().owner.query("update chat set last_inbound_at = now() - interval '30 hours' where id = $1", [sender.chatId])
  await sender.ingest(notice)
  await told(sender, notice['messageId'], 'sent', billed('marketing'))
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '0', held: '0', owed: '450' })
  expect(await chargeOf(notice['messageId'])).toMatchObject({ state: 'captured', amount: '700' })
  await sender.topUp(500)
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '50', owed: '0' })
  expect(await audit()).toEqual([])
})

test('what fails, is discarded or costs nothing gives the money back, also where it was paid already', async () => {
  const sender = await aSender(10_000)
  const [failed, discarded, free, late] = [1, 2, 3, 4].map(() => sender.message('marketing'))
  await sender.ingest(failed ?? {}, discarded ?? {}, free ?? {}, late ?? {})
  await told(sender, failed?.['messageId'], 'failed')
  await decide(sender, discarded?.['messageId'], 'discard')
  await told(sender, free?.['messageId'], 'sent', { type: 'free_entry_point', category: 'marketing' })
  await told(sender, late?.['messageId'], 'sent', billed('marketing'))
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '9300', held: '0' })
  await told(sender, late?.['messageId'], 'failed')
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '10000', held: '0' })
  const states = await Promise.all([failed, discarded, free, late].map((one) => chargeOf(one?.['messageId'])))
  expect(states.map((charge) => charge?.state)).toEqual(['released', 'released', 'free', 'released'])
  expect(await audit()).toEqual([])
})

test('nothing heard in two days frees the money; a bill that comes afterwards is paid, or owed', async () => {
  const sender = await aSender(700)
  const promo = sender.message('marketing')
  await sender.ingest(promo)
  await twoDaysLater(sender.id)
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '700', held: '0' })
  expect(await chargeOf(promo['messageId'])).toMatchObject({ state: 'released' })
  await sender.ingest(sender.message('authentication'))
  for (let time = 0; time < 3; time += 1) await told(sender, promo['messageId'], 'delivered', billed('marketing'))
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '300', held: '300', available: '0', owed: '300' })
  expect(await chargeOf(promo['messageId'])).toMatchObject({ state: 'late', amount: '700' })
  expect((await postings(promo['messageId'])).map(({ key }) => key)).toEqual([
    'msg:…',
    'msg:…:expired',
    'msg:…:late',
    'msg:…:late:owed',
  ])
  expect(await audit()).toEqual([])
})

test('a balance that is empty or frozen refuses the message before it is stored; the same id goes once there is money', async () => {
  const sender = await aSender(700)
  const first = sender.message('marketing')
  const second = sender.message('marketing')
  const no = { inserted: false, refused: true, code: 'balance_empty' }
  expect(await sender.ingest(first, second, sender.message('utility'))).toMatchObject([
    { inserted: true },
    no,
    { inserted: true },
  ])
  const { rows } = await doors().owner.query('select count(*)::int as n from message where id = $1', [second['messageId']])
  expect(rows[0].n).toBe(0)
  await sender.topUp(700)
  await doors().owner.query("select ledger_freeze($1, 'USD', true)", [sender.id])
  expect(await sender.ingest(second)).toMatchObject([{ ...no, code: 'balance_frozen' }])
  await doors().owner.query("select ledger_freeze($1, 'USD', false)", [sender.id])
  expect(await sender.ingest(second)).toMatchObject([{ inserted: true }])
  expect(
    await sender.ingest(sender.message(null), sender.message('marketing', { unsent: true })),
    'free text; what only stays to be seen',
  ).toMatchObject([{ inserted: true }, { inserted: true }])
  expect(await balanceOf(sender.id)).toMatchObject({ held: '1400', available: '0' })
})

test('sent again after a failure it is promised once more; after a doubt, what is promised is enough', async () => {
  const sender = await aSender(700)
  const promo = sender.message('marketing')
  const id = promo['messageId']
  await sender.ingest(promo)
  await sender.ingest(
    sender.entry({ op: 'outcome', messageId: id, status: 'unconfirmed', attempts: 1, dead: false, stopsChannel: false }),
  )
  expect(await decide(sender, id, 'requeue')).toMatchObject([{ messageId: id }])
  expect(await balanceOf(sender.id)).toMatchObject({ held: '700' })
  await told(sender, id, 'failed')
  const other = sender.message('marketing')
  await sender.ingest(other)
  expect(await decide(sender, id, 'requeue')).toMatchObject([{ refused: true, code: 'balance_empty' }])
  await told(sender, other['messageId'], 'failed')
  expect(await decide(sender, id, 'requeue')).toMatchObject([{ messageId: id }])
  expect(await chargeOf(id)).toMatchObject({ state: 'held', attempt: 2 })
  await told(sender, id, 'sent', billed('marketing'))
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '0', held: '0' })
})

test('what the plan includes is used first, message by message, also by a hundred at once', async () => {
  const sender = await aSender(7_000, { included: 30 })
  const verdicts = await Promise.all(Array.from({ length: 100 }, () => sender.ingest(sender.message('marketing'))))
  expect(verdicts.flat().filter(({ inserted }) => inserted)).toHaveLength(40)
  expect(verdicts.flat().filter(({ code }) => code === 'balance_empty')).toHaveLength(60)
  const { rows } = await doors().owner.query(
    'select state, count(*)::int as n from message_charge where account_id = $1 group by state order by state',
    [sender.id],
  )
  expect(rows).toEqual([
    { state: 'held', n: 10 },
    { state: 'included', n: 30 },
  ])
  expect(await balanceOf(sender.id)).toMatchObject({ held: '7000', available: '0' })
})

test('a hundred at once on a balance for forty: forty go', async () => {
  const sender = await aSender(40 * PRICES.authentication)
  const verdicts = await Promise.all(Array.from({ length: 100 }, () => sender.ingest(sender.message('authentication'))))
  expect(verdicts.flat().filter(({ inserted }) => inserted)).toHaveLength(40)
  expect(await balanceOf(sender.id)).toMatchObject({ held: String(40 * PRICES.authentication), available: '0' })
  expect(await audit()).toEqual([])
})

test('free text costs only where it has a price; a number that the company pays for itself is not asked', async () => {
  const zambia = await aSender(SERVICE, { market: 'ZM' })
  expect(await zambia.ingest(zambia.message(null), zambia.message(null))).toMatchObject([
    { inserted: true },
    { code: 'balance_empty' },
  ])
  const sender = await aSender(0)
  expect(await sender.ingest(sender.message(null), sender.message('marketing'))).toMatchObject([
    { inserted: true },
    { code: 'balance_empty' },
  ])
  await doors().owner.query("update channel set who_pays = 'client' where id = $1", [sender.channelId])
  const own = sender.message('marketing')
  expect(await sender.ingest(own)).toMatchObject([{ inserted: true }])
  await told(sender, own['messageId'], 'delivered', billed('marketing'))
  expect(await chargeOf(own['messageId'])).toBeNull()
})

test('a bill that comes before its message is known waits for it', async () => {
  const sender = await aSender(700)
  const promo = sender.message('marketing')
  const providerId = `wamid.${randomUUID()}`
  const status = (pricing?: Row) => sender.entry({ op: 'status', providerId, status: 'sent', ...(pricing ? { pricing } : {}) })
  await sender.ingest(promo, status(), status(billed('marketing')), status())
  expect(await balanceOf(sender.id)).toMatchObject({ held: '700' })
  const answer = {
    op: 'outcome',
    messageId: promo['messageId'],
    providerId,
    status: 'sending',
    attempts: 1,
    dead: false,
    stopsChannel: false,
  }
  await sender.ingest(sender.entry(answer))
  expect(await balanceOf(sender.id)).toMatchObject({ balance: '0', held: '0' })
})

type Kind = 'send' | 'sent' | 'delivered' | 'failed' | 'free' | 'unsure' | 'requeue' | 'discard' | 'later' | 'topup'
type Step = { what: Kind; of: number; category: keyof typeof PRICES; isBilled: boolean; times: number }
const aStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<Kind[]>(
    ...([
      'send',
      'send',
      'send',
      'sent',
      'delivered',
      'delivered',
      'failed',
      'free',
      'unsure',
      'requeue',
      'discard',
      'later',
      'topup',
    ] as const),
  ),
  of: fc.nat(4),
  category: fc.constantFrom('marketing', 'utility', 'authentication'),
  isBilled: fc.boolean(),
  times: fc.integer({ min: 1, max: 2 }),
})

type Sent = { id: unknown; category: keyof typeof PRICES; status: string; state: string; held: number; amount: number }
const RANKS = ['queued', 'sending', 'unconfirmed', 'sent', 'delivered']

/** What should be: money is there, promised, owed; a message is included, promised, paid or not. */
class Model {
  there = 2_000
  owed = 0
  left = 2
  readonly sent: Sent[] = []
  get held(): number {
    return this.sent.reduce((sum, { held }) => sum + held, 0)
  }
  take(total: number): void {
    const now = Math.min(total, this.there - this.held)
    this.there -= now
    this.owed += total - now
  }
  payDebt(): void {
    const paid = Math.min(this.owed, this.there - this.held)
    this.owed -= paid
    this.there -= paid
  }
  promise(one: Sent): boolean {
    if (this.left > 0) {
      this.left -= 1
      one.state = 'included'
    } else if (this.there - this.held >= PRICES[one.category]) {
      one.state = 'held'
      one.held = PRICES[one.category]
    } else return false
    one.amount = 0
    return true
  }
  /** Free again, or back. */
  undo(one: Sent, state: string): void {
    if (one.state === 'included') this.left += 1
    this.there += one.amount
    one.amount = 0
    one.held = 0
    one.state = state
    this.payDebt()
  }
  bill(one: Sent, price: number): void {
    if (['captured', 'late', 'free', 'included'].includes(one.state)) return
    const { held } = one
    one.state = one.state === 'held' ? 'captured' : 'late'
    one.amount = price
    one.held = 0
    this.there -= Math.min(price, held)
    this.payDebt()
    this.take(Math.max(0, price - held))
  }
  moves(one: Sent, status: string): boolean {
    if (status === 'failed') return ['queued', 'sending', 'unconfirmed', 'sent'].includes(one.status)
    const rank = RANKS.indexOf(status)
    return one.status === 'failed' ? rank >= 4 : one.status === 'discarded' ? rank >= 3 : rank > RANKS.indexOf(one.status)
  }
}

/** Does a step to the model, and says how it is told to the database; null where there is nothing to do it to. */
function plan(model: Model, sender: Sender, step: Step): (() => Promise<unknown>) | null {
  const one = model.sent[step.of % Math.max(1, model.sent.length)]
  if (step.what === 'send') {
    const entry = sender.message(step.category)
    const next: Sent = { id: entry['messageId'], category: step.category, status: 'queued', state: '', held: 0, amount: 0 }
    const goes = model.promise(next)
    if (goes) model.sent.push(next)
    return async () =>
      expect(await sender.ingest(entry)).toMatchObject([goes ? { messageId: entry['messageId'] } : { code: 'balance_empty' }])
  }
  if (step.what === 'topup') {
    model.there += 100
    model.payDebt()
    const payment = randomUUID()
    return () => doors().owner.query("select ledger_settle_topup($1, 'stripe', $2, 100, 'USD')", [sender.id, payment])
  }
  if (step.what === 'later') {
    for (const held of model.sent.filter(({ state }) => state === 'held')) model.undo(held, 'released')
    return () => twoDaysLater(sender.id)
  }
  if (!one) return null
  if (step.what === 'unsure') {
    if (model.moves(one, 'unconfirmed')) one.status = 'unconfirmed'
    const doubt = { op: 'outcome', messageId: one.id, status: 'unconfirmed', attempts: 1, dead: false, stopsChannel: false }
    return () => sender.ingest(sender.entry(doubt))
  }
  if (step.what === 'requeue' || step.what === 'discard') {
    const again = step.what === 'requeue'
    const token = randomUUID()
    if (!['failed', 'unconfirmed', ...(again ? [] : ['queued'])].includes(one.status)) return null
    if (!again) model.undo(one, 'released')
    const goes = !again || one.state !== 'released' || model.promise(one)
    if (goes) one.status = again ? 'queued' : 'discarded'
    const entry = sender.entry({ op: step.what, messageId: one.id, token, by: sender.personId })
    return async () =>
      expect(await sender.ingest(entry)).toMatchObject([goes ? { messageId: one.id } : { refused: true, code: 'balance_empty' }])
  }
  const status = step.what === 'free' ? 'sent' : step.what
  const moves = model.moves(one, status)
  const pricing =
    step.what === 'free'
      ? { type: 'free_customer_service', category: 'service' }
      : step.isBilled && status !== 'failed'
        ? billed(step.category)
        : undefined
  if (status === 'failed') {
    if (moves) model.undo(one, 'released')
  } else if (step.what === 'free') {
    if (['held', 'included'].includes(one.state)) model.undo(one, 'free')
  } else if (pricing) model.bill(one, PRICES[step.category])
  if (moves) one.status = status
  return () => told(sender, one.id, status, pricing)
}

test('whatever is sent and told, in any order and more than once, the money is what a model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 25 }), async (steps) => {
      const sender = await aSender(2_000, { included: 2 })
      // Long after the customer's last word: every template has its own price.
      await doors().owner.query("update chat set last_inbound_at = now() - interval '30 hours' where id = $1", [sender.chatId])
      const model = new Model()
      for (const step of steps) {
        const tell = plan(model, sender, step)
        for (let time = 0; time < step.times; time += 1) await tell?.()
        expect(await balanceOf(sender.id), JSON.stringify(step)).toMatchObject({
          balance: String(model.there),
          held: String(model.held),
          owed: String(model.owed),
        })
        for (const { id, state, amount } of model.sent)
          expect(await chargeOf(id)).toMatchObject({ state, amount: String(amount) })
      }
    }),
    { numRuns: 40 },
  )
  expect(await audit()).toEqual([])
}, 120_000)
