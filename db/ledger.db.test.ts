/** The promises of the ledger (reference/payments.md §9): by a model, in races, under a killed connection, by permission. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { doors, leave } from './local/an-account.ts'
import { testWorld } from './local/test-world.ts'

afterAll(leave)

type Balance = { balance: string; held: string; available: string; owed: string; frozen: boolean }

/** A company with an empty balance in USD. */
async function aCompany(): Promise<string> {
  const id = randomUUID()
  await doors().owner.query("insert into account (id, name) values ($1, 'Prueba')", [id])
  await doors().app.query("select ledger_open($1, 'USD')", [id])
  return id
}
async function one<T>(text: string, values: unknown[], pool = doors().app): Promise<T> {
  const { rows } = await pool.query(`select ${text} as it`, values)
  return rows[0].it
}
const balanceOf = (id: string) => one<Balance>("ledger_balance($1, 'USD')", [id])
const topUp = (id: string, payment: string, amount: number) =>
  one("ledger_settle_topup($1, 'stripe', $2, $3, 'USD')", [id, payment, amount])
const spend = (id: string, key: string, amount: number) =>
  one("ledger_post($2, $1, 'prepaid', 'revenue_messages', $3, 'USD', 'message', 'message', $2)", [id, key, amount])
const hold = (id: string, key: string, amount: number, expires = '1 day') =>
  one<string>("ledger_hold($2, $1, 'revenue_messages', $3, 'USD', 'message', 'message', $2, now() + $4::interval)", [
    ...[id, key, amount, expires],
  ])
const end = (holdKey: string, amount: number, how: string) =>
  one('ledger_end_hold($1, $2, $3)', [`${holdKey}:${how}`, holdKey, amount])
const clawBack = (id: string, key: string, payment: string, amount: number) =>
  one("ledger_claw_back($2, $1, 'stripe', $3, $4, 'USD', 'dispute')", [id, key, payment, amount])
const giveBack = (id: string, key: string, payment: string, amount: number) =>
  one("ledger_reinstate($2, $1, 'stripe', $3, $4, 'USD')", [id, key, payment, amount])
const audit = async () => (await doors().app.query('select * from ledger_audit()')).rows

/** The code of the error that it ends with, or null. */
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
  )

type Step = {
  what: 'topup' | 'spend' | 'hold' | 'capture' | 'release' | 'claw' | 'give'
  of: number
  amount: number
  times: number
}
const aStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('topup', 'spend', 'hold', 'capture', 'release', 'claw', 'give'),
  of: fc.nat(3),
  amount: fc.integer({ min: 1, max: 100 }),
  times: fc.integer({ min: 1, max: 3 }),
})

/** What should be, in ten lines: money is there, promised or owed. */
class Model {
  there = 0
  owed = 0
  readonly holds = new Map<string, number>()
  readonly cameIn = new Map<string, number>()
  readonly taken = new Map<string, number>()
  get held(): number {
    return [...this.holds.values()].reduce((sum, each) => sum + each, 0)
  }
  get free(): number {
    return this.there - this.held
  }
  payDebt(): void {
    const paid = Math.min(this.owed, this.free)
    this.owed -= paid
    this.there -= paid
  }
}

/** Does a step to the model; null where the ledger must refuse it. Otherwise what to ask the ledger for. */
function plan(model: Model, id: string, step: Step, n: number): (() => Promise<unknown>) | null {
  const { amount } = step
  const key = `${id}:${n}`
  const pick = (keys: Iterable<string>) => {
    const all = [...keys]
    return all[step.of % Math.max(all.length, 1)]
  }
  const payment = pick(model.cameIn.keys())
  const holdKey = pick(model.holds.keys())
  const taken = model.taken.get(payment ?? '') ?? 0
  switch (step.what) {
    case 'topup':
      model.there += amount
      model.cameIn.set(key, amount)
      model.payDebt()
      return () => topUp(id, key, amount)
    case 'spend':
      if (amount > model.free) return null
      model.there -= amount
      return () => spend(id, key, amount)
    case 'hold':
      if (amount > model.free) return null
      model.holds.set(key, amount)
      return () => hold(id, key, amount)
    case 'capture':
    case 'release': {
      const held = model.holds.get(holdKey ?? '')
      const spent = step.what === 'capture' ? amount : 0
      if (holdKey === undefined || held === undefined || spent > held) return null
      model.holds.delete(holdKey)
      model.there -= spent
      model.payDebt()
      return () => end(holdKey, spent, 'end')
    }
    case 'claw': {
      if (payment === undefined || amount > (model.cameIn.get(payment) ?? 0) - taken) return null
      model.taken.set(payment, taken + amount)
      const free = Math.min(amount, model.free)
      model.there -= free
      model.owed += amount - free
      return () => clawBack(id, key, payment, amount)
    }
    case 'give':
      if (payment === undefined || amount > taken) return null
      model.taken.set(payment, taken - amount)
      model.there += amount
      model.payDebt()
      return () => giveBack(id, key, payment, amount)
  }
}

test('whatever happens to a balance, and however often it is told, it is what a model of ten lines says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 30 }), async (steps) => {
      const id = await aCompany()
      const model = new Model()
      for (const [n, step] of steps.entries()) {
        const ask = plan(model, id, step, n)
        if (ask) for (let time = 0; time < step.times; time += 1) await ask()
        else if (step.what === 'spend') expect(await codeOf(spend(id, `${id}:${n}`, step.amount))).toBe('23514')
        else if (step.what === 'hold') expect(await hold(id, `${id}:${n}`, step.amount)).toBe('no_funds')
        const { balance, held, available, owed } = await balanceOf(id)
        expect({ balance, held, available, owed }).toEqual({
          balance: String(model.there),
          held: String(model.held),
          available: String(model.free),
          owed: String(model.owed),
        })
      }
    }),
    { numRuns: 60 },
  )
  expect(await audit()).toEqual([])
})

test('a hundred spend one each from a balance of forty: forty get it', async () => {
  const id = await aCompany()
  await topUp(id, randomUUID(), 40)
  const codes = await Promise.all(Array.from({ length: 100 }, (_, n) => codeOf(spend(id, `${id}:s${n}`, 1))))
  expect(codes.filter((code) => code === null)).toHaveLength(40)
  expect(codes.filter((code) => code === '23514')).toHaveLength(60)
  expect(await balanceOf(id)).toMatchObject({ balance: '0', available: '0' })
})

test('one payment that is told sixty times at once is credited once, and its key stands for nothing else', async () => {
  const id = await aCompany()
  const payment = randomUUID()
  await Promise.all(Array.from({ length: 60 }, () => topUp(id, payment, 25_000_000)))
  expect(await balanceOf(id)).toMatchObject({ balance: '25000000' })
  expect(await codeOf(topUp(id, payment, 26_000_000))).toBe('LG409')
  expect(await codeOf(topUp(await aCompany(), payment, 25_000_000))).toBe('LG409')
})

test('a hold ends once, whoever comes first: captured, released or expired', async () => {
  const id = await aCompany()
  await topUp(id, randomUUID(), 1_000)
  const keys = Array.from({ length: 20 }, (_, n) => `${id}:h${n}`)
  for (const key of keys) expect(await hold(id, key, 10, '-1 second')).toBe('held')
  const ends = await Promise.all(
    keys.flatMap((key) => [
      codeOf(end(key, 7, 'capture')),
      codeOf(end(key, 0, 'release')),
      codeOf(one('ledger_expire_holds(50)', [])),
    ]),
  )
  expect(new Set(ends)).toEqual(new Set([null, 'LG006']))
  const { rows } = await doors().owner.query(
    "select count(*)::int as ends, coalesce(sum(amount), 0)::int as spent from posting where account_id = $1 and phase in ('capture', 'release')",
    [id],
  )
  expect(rows[0].ends).toBe(20)
  expect(await balanceOf(id)).toMatchObject({ held: '0', balance: String(1_000 - rows[0].spent) })
  expect(await codeOf(end(`${id}:never`, 1, 'capture'))).toBe('LG004')
})

test('spending and taking back at once: nothing is made of nothing, and no two wait for each other', async () => {
  const companies = await Promise.all([aCompany(), aCompany(), aCompany()])
  const payments = companies.map(() => randomUUID())
  await Promise.all(companies.map((id, at) => topUp(id, payments[at] ?? '', 100)))
  const codes = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const id = companies[n % 3] ?? ''
      const payment = payments[n % 3] ?? ''
      return codeOf(n % 2 === 0 ? spend(id, `${id}:x${n}`, 7) : clawBack(id, `${id}:c${n}`, payment, 15))
    }),
  )
  expect(new Set(codes)).toEqual(new Set([null, '23514', 'LG007']))
  expect(await audit()).toEqual([])
})

test('a frozen balance is not spent, and takes money in', async () => {
  const id = await aCompany()
  await topUp(id, randomUUID(), 100)
  await one("ledger_freeze($1, 'USD', true)", [id])
  expect(await codeOf(spend(id, `${id}:f`, 1))).toBe('LG005')
  expect(await hold(id, `${id}:g`, 1)).toBe('frozen')
  await topUp(id, randomUUID(), 1)
  await one("ledger_freeze($1, 'USD', false)", [id])
  await spend(id, `${id}:f`, 101)
  expect(await balanceOf(id)).toMatchObject({ balance: '0', frozen: false })
})

test('what a hold gives back pays what is owed, before anybody spends it', async () => {
  const id = await aCompany()
  const payment = randomUUID()
  await topUp(id, payment, 100)
  await hold(id, `${id}:h`, 80)
  await clawBack(id, `${id}:d`, payment, 70)
  expect(await balanceOf(id)).toMatchObject({ balance: '80', available: '0', owed: '50' })
  await end(`${id}:h`, 10, 'sent')
  expect(await balanceOf(id)).toMatchObject({ balance: '20', available: '20', owed: '0' })
})

test('a refund is held, then paid: with a dispute of the same payment never more than came in', async () => {
  const id = await aCompany()
  const payment = randomUUID()
  await topUp(id, payment, 100)
  const refund = (key: string, amount: number) =>
    one("ledger_hold($2, $1, 'clearing/stripe', $3, 'USD', 'refund', 'payment', $4, now() + interval '1 day')", [
      ...[id, key, amount, `stripe:${payment}`],
    ])
  expect(await refund(`${id}:r1`, 60)).toBe('held')
  expect(await codeOf(clawBack(id, `${id}:d`, payment, 50))).toBe('LG007')
  await end(`${id}:r1`, 60, 'paid')
  await clawBack(id, `${id}:d`, payment, 40)
  await topUp(id, randomUUID(), 100)
  expect(await codeOf(refund(`${id}:r2`, 1))).toBe('LG007')
  expect(await audit()).toEqual([])
})

test('connections that die in the middle, and callers that ask again: the sum is exact', async () => {
  const id = await aCompany()
  await topUp(id, randomUUID(), 1_000)
  const name = `dying-${id}`
  const victims = new pg.Pool({ connectionString: testWorld().appUrl, application_name: name, max: 12 })
  victims.on('error', () => undefined)
  const progress = { written: 0, isOver: false }
  const work = Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      for (;;) {
        const code = await codeOf(
          one(
            "ledger_post($2, $1, 'prepaid', 'revenue_messages', 3, 'USD', 'message', 'message', $2)",
            [id, `${id}:k${n}`],
            victims,
          ),
        )
        if (code !== null) continue
        progress.written += 1
        return
      }
    }),
  ).finally(() => (progress.isOver = true))
  let kills = 0
  // One dies for each that was written: a machine with nothing else to do would kill faster than anybody can write.
  for (let seen = 0; !progress.isOver;) {
    if (progress.written === seen) await new Promise((go) => setImmediate(go))
    else {
      seen = progress.written
      const { rowCount } = await doors().owner.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 order by random() limit 1',
        [name],
      )
      kills += rowCount ?? 0
    }
  }
  await work
  await victims.end()
  expect(kills).toBeGreaterThan(0)
  expect(await balanceOf(id)).toMatchObject({ balance: '400' })
  expect(await audit()).toEqual([])
})

test('nobody writes the ledger by hand: not the Worker, and not the database’s owner', async () => {
  const id = await aCompany()
  await topUp(id, randomUUID(), 10)
  const { app, owner } = doors()
  const asWorker = (text: string) => codeOf(app.query(`select act_for('${id}'); ${text}`))
  expect(await asWorker('update ledger_account set credits = credits + 1')).toBe('42501')
  expect(await asWorker("update posting set amount = 11 where reason = 'topup'")).toBe('42501')
  expect(await asWorker('delete from posting')).toBe('42501')
  expect(
    await asWorker(`insert into ledger_account (account_id, kind, currency, is_inline) values ('${id}', 'prepaid', 'EUR', true)`),
  ).toBe('42501')
  expect(await asWorker('select posting_put(null::posting)')).toBe('42501')
  expect(await codeOf(owner.query('update posting set amount = 11 where account_id = $1', [id]))).toBe('LG001')
  expect(await codeOf(owner.query('delete from posting where account_id = $1', [id]))).toBe('LG001')
  expect(await codeOf(owner.query('truncate posting cascade'))).toBe('LG001')
  expect(await codeOf(owner.query('update ledger_account set credits = 11 where account_id = $1', [id]))).toBe('LG002')
})

test('what has no balance in a currency, or moves less than nothing, is refused', async () => {
  const id = await aCompany()
  expect(await codeOf(one("ledger_settle_topup($1, 'stripe', $2, 1, 'PEN')", [id, randomUUID()]))).toBe('LG003')
  expect(await codeOf(one("ledger_settle_topup($1, 'bizum', $2, 1, 'USD')", [id, randomUUID()]))).toBe('LG003')
  expect(await codeOf(topUp(id, randomUUID(), -1))).toBe('23514')
})
