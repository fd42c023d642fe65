/** An alert of money and sudden death: what was noted with its alarm reaches the company's address, and is one mail. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'

let company: Company
let admin: Who
const box = crypto.randomUUID()

const Box = z.object({
  posts: z.array(z.object({ delivery: z.string(), signed: z.nullable(z.boolean()), status: z.number() })),
  mails: z.array(z.object({ subject: z.string() })),
})
const Shown = z.object({ deliveries: z.array(z.looseObject({ id: z.string(), kind: z.string(), state: z.string() })) })

async function mailHook(given?: object): Promise<unknown> {
  const init = given ? { method: 'PUT', body: JSON.stringify(given) } : {}
  return (await fetch(`${company.demo.simulators.control}/mail-hook/${box}`, init)).json()
}
const inBox = async () => Box.parse(await mailHook())
const deliveries = async () =>
  Shown.parse(await company.must(admin.token, 'GET', '/api/billing/alert-hook')).deliveries.filter(({ kind }) => kind !== 'test')

/** The balance of this company is this much from now on: it was never filled before. */
const gets = (micro: number) =>
  company.database.query(
    `select ledger_open(p.account_id, 'USD'), ledger_post('promo:' || new_id(), p.account_id, 'promo', 'prepaid', $2, 'USD', 'promo', 'person', 'x') from person p where p.id = $1`,
    [admin.personId, micro],
  )
/** The minute for which whoever died would have had it is over. */
const leaseEnds = () =>
  company.database.query(
    "update alert_delivery d set run_after = now() from person p where p.id = $1 and d.account_id = p.account_id and d.state = 'due' and d.tries > 0",
    [admin.personId],
  )

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  const url = new URL(`/mail-hook/${box}`, company.demo.simulators.control).href
  const { secret } = z
    .object({ secret: z.string() })
    .parse(await company.must(admin.token, 'PUT', '/api/billing/alert-hook', { url, language: 'es', isOn: true }))
  await mailHook({ secret })
}, 120_000)
afterAll(() => company.close())

test('the Worker dies while the other side has the alert and its answer is on its way: it comes again, and is one mail', async () => {
  await mailHook({ answers: [{ slowMs: 8_000 }] })
  await gets(2_000_000)
  await company.minute()
  await until('it is posted', async () => (await inBox()).posts.length === 1, 20_000)
  await company.killRuntime()
  expect(await deliveries()).toMatchObject([{ kind: 'balance.very_low', state: 'due', tries: 1 }])
  await leaseEnds()
  // A clock that has just been started again may not hear of the first minute.
  const nextMinute = async () => {
    await company.minute()
    return (await deliveries())[0]?.state
  }
  await expect.poll(nextMinute, { timeout: 40_000, interval: 2_000 }).toBe('delivered')
  const { posts, mails } = await inBox()
  expect(posts).toMatchObject([{ signed: true }, { signed: true }])
  expect(new Set(posts.map(({ delivery }) => delivery)).size).toBe(1)
  expect(mails).toMatchObject([{ subject: 'Queda muy poco saldo: $2,00' }])
  // The alarm still stands: minutes that follow tell nothing new.
  await company.minute()
  await company.minute()
  expect(await deliveries()).toHaveLength(1)
}, 90_000)
