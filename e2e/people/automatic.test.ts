/** What a number says by itself reaches the customer once, whatever is repeated and whatever dies: CRM-13, CRM-22. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { batchBody, postHook, type DemoNumber, type Said } from '../chaos/signed.ts'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'

const CUSTOMERS = 6
const GREETING = 'Le saluda Prueba'
const CLOSED = 'Estamos cerrados'
const OFF = { on: false, text: '' }
const Own = z.object({ rev: z.number(), hours: z.looseObject({}) })

let company: Company
let admin: Who
let number: DemoNumber

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  const found = company.demo.channels.find(({ kind }) => kind === 'meta')
  if (!found) throw new Error('no demo number')
  number = found
})
afterAll(() => company?.close())

async function give(part: 'texts' | 'hours', value: (own: z.infer<typeof Own>) => object): Promise<void> {
  const own = Own.parse(await company.must(admin.token, 'GET', `/api/channels/${number.id}/settings`))
  await company.must(admin.token, 'PUT', `/api/channels/${number.id}/${part}`, { rev: own.rev, [part]: value(own) })
}

/** What this customer's phone really got of this text. */
async function got(phone: string, text: string): Promise<number> {
  const response = await fetch(`${company.demo.simulators.control}/received?phone=${phone}&what=message&processed=true`)
  const { items } = z.object({ items: z.array(z.object({ text: z.nullable(z.string()) })) }).parse(await response.json())
  return items.filter((item) => item.text === text).length
}

/** The simulated provider lets us write only to who has written: it hears of these customers, and we do not yet. */
async function makeKnown(phones: string[]): Promise<void> {
  for (const phone of phones) await company.customerWrites(admin, number, phone, `Primera palabra de ${phone}`)
}

/** The same hook again and again, while workerd is killed in the middle. */
async function storm(said: Said[]): Promise<void> {
  const bodies = said.map((one) => batchBody(number, [one], []))
  const post = async (body: string) => {
    // A provider repeats until it is answered 200.
    await until('the hook is taken', async () => (await postHook(number, body)) === 200, 60_000)
  }
  const first = Promise.all(bodies.map(post))
  await company.killRuntime()
  await first
  const second = Promise.all([...bodies, ...bodies].map(post))
  await company.killRuntime()
  await second
  await Promise.all(bodies.map(post))
}

const phonesFrom = (start: number) => Array.from({ length: CUSTOMERS }, (_, i) => String(start + i))
const saidBy = (phones: string[], tag: string): Said[] =>
  phones.map((phone) => ({ id: `wamid.${tag}${phone}`, phone, text: `Hola ${tag}`, atSeconds: Math.floor(Date.now() / 1000) }))

/** The customer has it, or our own record says that nobody knows. */
async function settled(phone: string, text: string): Promise<boolean> {
  if ((await got(phone, text)) > 0) return true
  const { rows } = await company.database.query(
    `select m.status from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id
     where k.phone = $1 and m.text = $2 and m.author_kind = 'system'`,
    [phone, text],
  )
  return rows.length === 1 && rows[0].status === 'unconfirmed'
}

/** A job that a death interrupted is free again after ten minutes, and found each minute: nobody waits for that here. */
async function hurry(): Promise<void> {
  await company.database.query(
    "update job set started_at = null, run_after = now() - interval '1 minute', created_at = now() - interval '1 minute' where kind = 'automatic' and done_at is null",
  )
  await company.minute()
}

async function allGot(phones: string[], text: string): Promise<number[]> {
  await until(
    `every customer has "${text}"`,
    async () => {
      await hurry()
      for (const phone of phones) if (!(await settled(phone, text))) return false
      return true
    },
    150_000,
  )
  return Promise.all(phones.map((phone) => got(phone, text)))
}

test(
  'hooks repeated and workerd killed around a greeting: exactly one reaches each customer, and all still wait',
  { timeout: 240_000 },
  async () => {
    const phones = phonesFrom(593_987_710_000)
    await makeKnown(phones)
    await company.database.query(
      "update chat set state = 'closed', unanswered = 0, waiting_since = null, state_at = now() where merged_into is null",
    )
    await give('texts', () => ({ greeting: { on: true, text: GREETING }, out_of_hours: OFF, farewell: OFF }))
    await storm(saidBy(phones, 'saludo'))
    const counts = await allGot(phones, GREETING)
    expect(counts.filter((count) => count > 1)).toEqual([])
    // A death between request and answer leaves a message in doubt; it is never sent again by itself. Rare, and in sight.
    expect(counts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(CUSTOMERS - 1)
    const { rows } = await company.database.query(
      `select c.unanswered, c.assignee_id, (select count(*)::int from message m where m.chat_id = c.id and m.author_kind = 'system' and m.direction = 'out') as said
     from chat c join contact k on k.id = c.contact_id where k.phone = any($1)`,
      [phones],
    )
    expect(rows).toEqual(phones.map(() => ({ unanswered: 1, assignee_id: null, said: 1 })))
  },
)

test('the same around an out-of-hours text, in one closed time', { timeout: 240_000 }, async () => {
  const phones = phonesFrom(593_987_720_000)
  await makeKnown(phones)
  await give('texts', () => ({ greeting: OFF, out_of_hours: { on: true, text: CLOSED }, farewell: OFF }))
  await give('hours', ({ hours }) => ({ ...hours, week: [[], [], [], [], [], [], []] }))
  await storm(saidBy(phones, 'cerrado'))
  await storm(saidBy(phones, 'todavia'))
  const counts = await allGot(phones, CLOSED)
  expect(counts.filter((count) => count > 1)).toEqual([])
  expect(counts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(CUSTOMERS - 1)
})
