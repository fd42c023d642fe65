/** For tests of money: a company with somebody who tops it up, and what its gateway is seen to say. */
import { randomUUID } from 'node:crypto'
import { doors } from './an-account.ts'

export type Figures = { balance: string; held: string; available: string; owed: string; frozen: boolean }

export async function one<T>(text: string, values: unknown[], pool = doors().app): Promise<T> {
  const { rows } = await pool.query(`select ${text} as it`, values)
  return rows[0].it
}

/** What is wrong in the ledger: nothing. */
export const audit = async () => (await doors().app.query('select * from ledger_audit()')).rows

/** A company with somebody who tops it up. */
export async function aPayer() {
  const [id, person] = [randomUUID(), randomUUID()]
  const { owner } = doors()
  await owner.query("insert into account (id, name) values ($1, 'Prueba')", [id])
  await owner.query(
    `with r as (insert into role (account_id, base) values ($1::uuid, 'administrator') returning id)
     insert into person (id, account_id, email, name, role_id) select $2::uuid, $1::uuid, $2::text || '@prueba.ec', 'Ana', id from r`,
    [id, person],
  )
  const topup = async (amount: number) => {
    const topupId = randomUUID()
    await owner.query(
      "insert into topup (id, account_id, gateway, amount, currency, person_id, state, ref) values ($1::uuid, $2, 'stripe', $3, 'USD', $4, 'open', 'cs_' || $1::text)",
      [topupId, id, amount, person],
    )
    return topupId
  }
  /** As the person, with the rights of the Worker. */
  const says = async <T>(fn: string, args: object): Promise<T> => {
    const client = await doors().app.connect()
    try {
      await client.query('begin')
      await client.query("select act_for($1), set_config('app.person', $2, true)", [id, person])
      const { rows } = await client.query(`select ${fn}($1) as it`, [JSON.stringify(args)])
      await client.query('commit')
      return rows[0].it
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  const balance = () => one<Figures>("ledger_balance($1, 'USD')", [id])
  return { id, person, topup, balance, says }
}

type Look = { state: string; seenAt: string; problem: string | null; payment: object | null; method: object | null }

export const at = (n: number): string => new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString()
/** A look that found a payment. */
export const paid = (ref: string, amount: number, seen = 1, currency = 'USD'): Look => ({
  ...{ state: 'paid', seenAt: at(seen), problem: null, method: null },
  payment: {
    ...{ ref, amount: String(amount), currency, fee: '30', at: at(0), method: 'visa ····4242' },
    receiptUrl: 'https://r',
    invoiceUrl: null,
  },
})
export const unpaid = (state: string, seen: number): Look => ({
  state,
  seenAt: at(seen),
  problem: null,
  payment: null,
  method: null,
})
/** Tells the database what a look at a top-up has found. */
export const seen = (topupId: string, look: Look) =>
  one<{ state: string; problem: string | null }>("topup_seen($1, 'stripe', $2, $3)", [
    topupId,
    `cs_${topupId}`,
    JSON.stringify(look),
  ])
