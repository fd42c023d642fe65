/** A company with a number whose messages we pay for, and money to pay us: for tests. */
import { randomUUID } from 'node:crypto'
import { anAccount, doors, type AnAccount } from './an-account.ts'

type Row = Record<string, unknown>
export type Sender = AnAccount & {
  chatId: string
  topUp(amount: number): Promise<void>
  /** A message to the customer: a template of this category, or free text. */
  message(category: string | null, changes?: Row): Row
}
export type Balance = { balance: string; held: string; available: string; owed: string; frozen: boolean }
export type Charge = { state: string; held: string; amount: string; category: string; billed: string | null; attempt: number }

/** Zimbabwe, where nothing else is tested: what is told here of its prices disturbs nobody. In Zambia free text costs, too. */
export const PRICES = { marketing: 700, utility: 200, authentication: 300 }
export const SERVICE = 50
export const PHONES = { ZW: '263771234567', ZM: '260971234567' }

/** `included`: messages that the plan of its number holds. */
export async function aSender(balance: number, { included = 0, market = 'ZW' as keyof typeof PHONES } = {}): Promise<Sender> {
  const { owner } = doors()
  const account = await anAccount()
  for (const [category, price] of Object.entries({ ...PRICES, ...(market === 'ZM' ? { service: SERVICE } : {}) }))
    await owner.query(
      `insert into rate (provider, market, category, currency, price, cost, valid_from) values ('meta', $1, $2, 'USD', $3, 1, '2026-01-01Z') on conflict do nothing`,
      [market, category, price],
    )
  for (const category of Object.keys(PRICES))
    await owner.query(
      "insert into template (account_id, channel_id, name, language, category, components) values ($1, $2, $3, 'es', $3, '{}')",
      [account.id, account.channelId, category],
    )
  await owner.query("update channel set who_pays = 'us' where id = $1", [account.channelId])
  await owner.query("select ledger_open($1, 'USD')", [account.id])
  if (included > 0) await include(account, included)
  const [received] = await account.ingest(
    // Now: what a day of silence costs is asked for by its own tests.
    account.entry({ customer: { phone: PHONES[market] }, objectKey: `p:${PHONES[market]}`, at: new Date().toISOString() }),
  )
  const chatId = String(received?.['chatId'])
  const author = { kind: 'person', id: account.personId, name: 'Ana' }
  const sender: Sender = {
    ...account,
    chatId,
    async topUp(amount) {
      await owner.query("select ledger_settle_topup($1, 'stripe', $2, $3, 'USD')", [account.id, randomUUID(), amount])
    },
    message(category, changes = {}) {
      const content = category
        ? { kind: 'template', extra: { template: { name: category, language: 'es', params: [] } } }
        : { kind: 'text', text: 'Con gusto.' }
      const once = { messageId: randomUUID(), token: randomUUID(), bodyHash: 'h' }
      return account.entry({ op: 'out', chatId, author, text: undefined, ...content, ...once, ...changes })
    },
  }
  if (balance > 0) await sender.topUp(balance)
  return sender
}

async function include({ id, channelId }: AnAccount, most: number): Promise<void> {
  await doors().owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($1::uuid::text), 20), 'Básico') returning id),
       v as (insert into plan_price (plan_id, version, minor, currency, every, included_messages) select id, 1, 1500, 'USD', 'month', $3 from p returning id)
     insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ref, paid_until, sends_until)
     select $1::uuid, $2, id, 'stripe', 'active', gen_random_uuid(), now() + interval '9 days', now() + interval '9 days' from v`,
    [id, channelId, most],
  )
}

export async function balanceOf(accountId: string): Promise<Balance> {
  const { rows } = await doors().owner.query("select ledger_balance($1, 'USD') as it", [accountId])
  return rows[0].it
}

export async function chargeOf(messageId: unknown): Promise<Charge | null> {
  const { rows } = await doors().owner.query(
    'select state, held, amount, category, billed, attempt from message_charge where message_id = $1',
    [messageId],
  )
  return rows[0] ?? null
}

/** Two days go by for what is promised to a company's messages, and the minute's sweep comes. */
export async function twoDaysLater(accountId: string): Promise<void> {
  const client = await doors().owner.connect()
  try {
    await client.query('begin')
    // A posting never changes, whoever asks: but the test's clock must.
    await client.query('set local session_replication_role = replica')
    await client.query(
      "update posting set expires_at = now() - interval '1 second' where account_id = $1 and phase = 'pending' and cause_kind = 'message'",
      [accountId],
    )
    await client.query(
      "update message_charge set held_at = now() - interval '49 hours' where account_id = $1 and state = 'held'",
      [accountId],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
  await doors().app.query('select charges_pass(100)')
}
