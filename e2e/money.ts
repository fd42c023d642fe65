/** A company beside the demo's, whose money an operator has to look after: a payment, a dispute of another one, and more. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { sql } from './outside.ts'

const now = (): string => new Date().toISOString()
const paid = (ref: string, amount: number) => ({
  ...{ ref, amount: String(amount), currency: 'USD', fee: null, at: now(), method: 'visa ····4242' },
  ...{ receiptUrl: null, invoiceUrl: null },
})

/** Money that arrived and nobody asked for; its name at the gateway. */
export async function ofNobody(amount = 25_000_000): Promise<string> {
  const ref = `pi_${randomUUID()}`
  await sql("select payment_unallocated('stripe', $1, null, 'of_nobody')", [JSON.stringify(paid(ref, amount))])
  return ref
}

/** A top-up of 50 that was paid; its payment's name at the gateway. */
async function toppedUp(companyId: string, personId: string): Promise<string> {
  const [id, ref] = [randomUUID(), `pi_${randomUUID()}`]
  await sql(
    `insert into topup (id, account_id, gateway, amount, currency, person_id, state, ref) values ($1, $2, 'stripe', 50000000, 'USD', $3, 'open', $4)`,
    [id, companyId, personId, `cs_${id}`],
  )
  const look = { state: 'paid', seenAt: now(), problem: null, method: null, payment: paid(ref, 50_000_000) }
  await sql("select topup_seen($1, 'stripe', $2, $3)", [id, `cs_${id}`, JSON.stringify(look)])
  return ref
}

/** A company with money on its balance and a payment that is contested. */
export async function aCustomer(name: string): Promise<{ id: string; payment: string; dispute: string }> {
  const [id, personId] = [randomUUID(), randomUUID()]
  await sql('insert into account (id, name) values ($1, $2)', [id, name])
  await sql("insert into person (id, account_id, email, name, role_id) values ($1, $2, $3, 'Lucía Barros', roles_begin($2))", [
    ...[personId, id, `lucia.${id.slice(0, 8)}@elperno.example`],
  ])
  const [payment, contested] = [await toppedUp(id, personId), await toppedUp(id, personId)]
  const until = new Date(Date.now() + 6 * 86_400_000).toISOString()
  const dispute = `dp_${randomUUID()}`
  const item = {
    ...{ kind: 'dispute', ref: dispute, amount: '50000000', state: 'open', reason: 'fraudulent', respondBy: until },
    ...{ taken: '50000000', givenBack: '0', fee: '15000000' },
  }
  await sql("select payment_taken_back('stripe', $1, $2, $3)", [contested, now(), JSON.stringify([item])])
  return { id, payment, dispute }
}

/** An event of a gateway that nobody could work on. */
export async function aDeadEvent(): Promise<void> {
  const [event] = await sql<{ id: string }>(
    "select gateway_event_store('paypal', $1, 'PAYMENT.CAPTURE.REFUNDED', $2, null) as id",
    [`WH-${randomUUID()}`, JSON.stringify([{ kind: 'payment', ref: '8AB12345CD678901E' }])],
  )
  await sql("select gateway_event_take($1), gateway_event_settle($1, 'dead', 'RESOURCE_NOT_FOUND', 0)", [event?.id])
}

/** Taps what gives one of our papers; the name of the file that came, which is a PDF. */
export async function downloaded(page: Page, button: Locator): Promise<string> {
  const coming = page.waitForEvent('download')
  await button.click()
  const file = await coming
  expect(
    readFileSync(await file.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  return file.suggestedFilename()
}
