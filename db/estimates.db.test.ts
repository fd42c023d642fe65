/** What sending will cost is told before, and is what is then promised. */
import { afterAll, expect, test } from 'vitest'
import { aSender, balanceOf, PHONES, PRICES, SERVICE, type Sender } from './local/a-sender.ts'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

const template = (name: string) => ({ name, language: 'es' })
const estimate = (sender: Sender, changes: object = {}) =>
  sender.api('api_estimate', {
    ...{ channelId: sender.channelId, to: [{ chatId: sender.chatId }], template: template('marketing'), currency: 'USD' },
    ...changes,
  })
const quietFor = (sender: Sender, hours: number) =>
  doors().owner.query('update chat set last_inbound_at = now() - make_interval(hours => $2) where id = $1', [
    sender.chatId,
    hours,
  ])

test('what is told is what is promised', async () => {
  const sender = await aSender(1_000)
  expect(await estimate(sender)).toEqual({
    currency: 'USD',
    items: [{ why: 'priced', market: 'ZW', category: 'marketing', price: '700', rateFrom: '2026-01-01T00:00:00.000Z' }],
    ...{ total: '700', included: null, available: '1000', suffices: true },
  })
  await sender.ingest(sender.message('marketing'))
  expect(await balanceOf(sender.id)).toMatchObject({ available: '300' })
  expect(await estimate(sender)).toMatchObject({ total: '700', available: '300', suffices: false })
})

test('a utility template is free while the customer may be answered, and costs a day later', async () => {
  const sender = await aSender(1_000)
  const utility = { template: template('utility') }
  expect(await estimate(sender, utility)).toMatchObject({ items: [{ why: 'free' }], total: '0', suffices: true })
  await quietFor(sender, 30)
  expect(await estimate(sender, utility)).toMatchObject({ items: [{ why: 'priced', price: String(PRICES.utility) }] })
})

test('what the plan includes goes first, and what is beyond it is paid', async () => {
  const sender = await aSender(1_000, { included: 2 })
  await sender.ingest(sender.message('marketing'))
  const to = [{ chatId: sender.chatId }, { phone: `+${PHONES.ZW}` }, { phone: PHONES.ZW }]
  expect(await estimate(sender, { to })).toMatchObject({
    items: [{ why: 'included', price: '0' }, { why: 'priced' }, { why: 'priced' }],
    ...{ total: '1400', included: { left: 1, of: 2 }, suffices: false },
  })
})

test('free text is free where no rate says otherwise', async () => {
  const inZambia = await aSender(1_000, { market: 'ZM' })
  const text = { template: undefined }
  expect(await estimate(inZambia, text)).toMatchObject({ items: [{ why: 'priced', price: String(SERVICE) }] })
  expect(await estimate(await aSender(0), text)).toMatchObject({ items: [{ why: 'free' }], total: '0', suffices: true })
})

test('a company with its own account at the provider is charged nothing, and sees no balance beside it', async () => {
  const sender = await aSender(1_000)
  await doors().owner.query("update channel set who_pays = 'client' where id = $1", [sender.channelId])
  expect(await estimate(sender)).toMatchObject({
    items: [{ why: 'own' }],
    total: '0',
    included: null,
    available: null,
    suffices: true,
  })
})

test('a template that nobody has priced is said to be so', async () => {
  const account = await anAccount()
  await doors().owner.query("update channel set who_pays = 'us' where id = $1", [account.channelId])
  const asked = { channelId: account.channelId, to: [{ phone: PHONES.ZW }], template: template('x'), currency: 'XXX' }
  expect(await account.api('api_estimate', asked)).toMatchObject({ items: [{ why: 'unpriced' }], total: '0' })
})

test("another company's number and chats are not there", async () => {
  const [mine, theirs] = await Promise.all([aSender(0), aSender(0)])
  expect(await estimate(mine, { channelId: theirs.channelId })).toBeNull()
  expect(await estimate(mine, { to: [{ chatId: theirs.chatId }] })).toBeNull()
})
