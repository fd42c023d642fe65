/** Messages of numbers that we pay for, from the console to the last cent, at both providers: B24-60 to B24-63. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import type { DemoNumber } from '../chaos/signed.ts'
import { until } from '../chaos/until.ts'
import { openCompany, type Answer, type Company, type Who } from './company.ts'

/** In Mexico a notice costs as much at one provider as the balance is filled with. */
const CUSTOMER = '5215512345678'

let company: Company
let admin: Who
let agent: Who
let accountId = ''

beforeAll(async () => {
  company = await openCompany()
  ;[admin, agent] = await Promise.all([company.signIn('admin'), company.signIn('agente')])
  const { rows } = await company.database.query('select account_id from person where id = $1', [admin.personId])
  accountId = String(rows[0].account_id)
  await company.database.query('insert into platform_admin (person_id) values ($1) on conflict do nothing', [admin.personId])
})
afterAll(() => company?.close())

function numberOf(kind: string): DemoNumber {
  const found = company.demo.channels.find((one) => one.kind === kind)
  if (!found) throw new Error(`no number at ${kind}`)
  return found
}

const pay = (who: Who, number: DemoNumber, whoPays: 'us' | 'client') =>
  company.ask(who.token, 'PUT', `/api/operator/numbers/${number.id}/payer`, { whoPays })

async function figures(): Promise<{ balance: string; held: string; owed: string }> {
  const { rows } = await company.database.query("select ledger_balance($1, 'USD') as it", [accountId])
  return z.object({ balance: z.string(), held: z.string(), owed: z.string() }).parse(rows[0].it)
}
async function priceOf(number: DemoNumber): Promise<bigint> {
  const { rows } = await company.database.query("select (rate_at($1, 'MX', 'utility', 'USD', now())).price", [number.kind])
  return BigInt(rows[0].price)
}

/** A message's id is made by whoever writes it, from the time. */
async function newId(): Promise<string> {
  const { rows } = await company.database.query('select new_id() as id')
  return String(rows[0].id)
}

function notice(chatId: string, id: string): Promise<Answer> {
  const template = { name: 'pedido_listo', language: 'es', params: ['Rosa', 'A-123'] }
  return company.ask(admin.token, 'POST', `/api/chats/${chatId}/messages`, { id, kind: 'template', template })
}

const Id = z.object({ id: z.string() })
/** Sends one, and waits until the provider's own word has ended what was promised. */
async function paidNotice(chatId: string): Promise<string> {
  const answer = await notice(chatId, await newId())
  expect(answer.status).toBe(200)
  const { id } = Id.parse(answer.json)
  await billed(id)
  return id
}

async function billed(messageId: string): Promise<void> {
  const state = async () => {
    const { rows } = await company.database.query('select state from message_charge where message_id = $1', [messageId])
    return rows[0]?.state
  }
  await until('the bill', async () => (await state()) === 'captured', 20_000)
}

async function fill(amount: bigint): Promise<void> {
  await company.database.query("select ledger_settle_topup($1, 'stripe', $2, $3, 'USD')", [
    accountId,
    randomUUID(),
    String(amount),
  ])
}

test('only who runs the service says who pays; what that is, the number itself tells', async () => {
  const number = numberOf('meta')
  const settings = () => company.must(admin.token, 'GET', `/api/channels/${number.id}/settings`)
  expect((await pay(agent, number, 'us')).status).toBe(404)
  expect(await settings()).toMatchObject({ whoPays: 'client' })
  const { rows } = await company.database.query(
    `insert into channel (account_id, kind, name, key, phone, line, sealed) values ($1, 'session', 'Oficina', new_id()::text, '593990000001', new_id()::text, '') returning id`,
    [accountId],
  )
  expect((await pay(admin, { ...number, id: rows[0].id }, 'us')).status, 'unofficial numbers cost nothing').toBe(404)
  expect(await pay(admin, number, 'us')).toMatchObject({ status: 200 })
  expect(await settings()).toMatchObject({ whoPays: 'us' })
  const log = await company.must(admin.token, 'GET', '/api/audit?action=channel.payer_changed')
  expect(log).toMatchObject({ items: [{ object: { id: number.id }, after: { chargesBalance: true } }] })
})

test.each(['meta', 'gupshup'])(
  'at %s a balance is consumed to zero by what the provider bills, and not further',
  async (kind) => {
    const number = numberOf(kind)
    await pay(admin, number, 'us')
    const chatId = await company.customerWrites(admin, number, CUSTOMER, `Hola por ${kind}`)
    const price = await priceOf(number)
    // A day after the customer's last word: within it, a notice costs what an answer does.
    await company.database.query("update chat set last_inbound_at = now() - interval '30 hours' where id = $1", [chatId])
    await fill(2n * price)

    const first = await paidNotice(chatId)
    expect(await figures()).toMatchObject({ balance: String(price), owed: '0' })
    await paidNotice(chatId)
    expect(await figures()).toMatchObject({ balance: '0', held: '0', owed: '0' })

    const third = await newId()
    expect(await notice(chatId, third)).toMatchObject({ status: 422, json: { code: 'balance_empty' } })
    const page = await company.must(admin.token, 'GET', `/api/chats/${chatId}/messages`)
    expect(JSON.stringify(page), 'nothing of it is in the chat').not.toContain(third)

    const trace = (who: Who) => company.must(who.token, 'GET', `/api/messages/${first}/trace`)
    expect(await trace(admin)).toMatchObject({
      cost: expect.stringMatching(/^Costo: plantilla de utilidad \(México\): 0.01\d+ USD, según la tarifa del /),
    })
    if (kind === 'gupshup')
      expect(JSON.stringify(await trace(admin))).toContain('El proveedor informó que este mensaje se cobra.')

    await fill(price)
    expect(await notice(chatId, third), 'the same message, once there is money').toMatchObject({
      status: 200,
      json: { id: third },
    })
    await billed(third)
    expect(await figures()).toMatchObject({ balance: '0', owed: '0' })
    const { rows } = await company.database.query('select * from ledger_audit()')
    expect(rows).toEqual([])
  },
)

test('a greeting that nobody can pay for is not sent, and the log says why', async () => {
  const number = numberOf('meta')
  // In Zambia answers cost, too.
  await company.database.query(
    `insert into rate (provider, market, category, currency, price, cost, valid_from) values ('meta', 'ZM', 'service', 'USD', 50, 1, '2026-01-01Z') on conflict do nothing`,
  )
  await pay(admin, number, 'us')
  const { rev } = z
    .object({ rev: z.number() })
    .parse(await company.must(admin.token, 'GET', `/api/channels/${number.id}/settings`))
  const off = { on: false, text: '' }
  const texts = { greeting: { on: true, text: 'Le damos la bienvenida' }, out_of_hours: off, farewell: off }
  await company.must(admin.token, 'PUT', `/api/channels/${number.id}/texts`, { rev, texts })
  const chatId = await company.customerWrites(admin, number, '260971234567', 'Hola desde Lusaka')
  const said = 'Un texto automático no se envió: no hay saldo con qué pagarlo.'
  const log = async () => {
    const page = await company.must(admin.token, 'GET', '/api/log')
    return z.object({ items: z.array(z.looseObject({})) }).parse(page).items
  }
  await until('the log', async () => (await log()).some((one) => one['chatId'] === chatId && one['explanation'] === said), 20_000)
  const page = await company.must(admin.token, 'GET', `/api/chats/${chatId}/messages`)
  expect(JSON.stringify(page)).not.toContain('Le damos la bienvenida')
})

test('what a message cost is told to who sees what is paid, and to nobody else', async () => {
  const { rows } = await company.database.query(
    'select c.message_id, m.chat_id from message_charge c join message m on m.id = c.message_id where c.account_id = $1 limit 1',
    [accountId],
  )
  await company.database.query('update chat set assignee_id = $2 where id = $1', [rows[0].chat_id, agent.personId])
  const cost = async (who: Who) => {
    const trace = await company.must(who.token, 'GET', `/api/messages/${rows[0].message_id}/trace`)
    return z.object({ cost: z.nullable(z.string()) }).parse(trace).cost
  }
  expect([await cost(agent), await cost(admin)]).toEqual([null, expect.stringContaining('Costo: ')])
})
