/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { aPortal, knock, owner } from '../a-portal.ts'

const Frame = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })
const Framed = z.union([z.looseObject({ frame: Frame }).transform(({ frame }) => frame), Frame])

/** A portal with our application, its company's number, and a way to open cards and to ask for them. */
async function aDesk() {
  const portal = await aPortal()
  await portal.begin()
  const accountId = String((await portal.row())?.['account_id'])
  const [channel] = await owner.query(
    "insert into channel (account_id, kind, key, name, phone, line, sealed) values ($1, 'session', $2, 'Ventas', '593980000000', $2, '') returning id",
    [accountId, crypto.randomUUID()],
  )
  const item = async (typeId: number, fields: object) =>
    z.looseObject({ number: z.number() }).parse(await portal.does('item', { typeId, fields })).number
  const tab = async (entity: string, id: number, userId = 1) =>
    knock(
      Framed.parse(
        await portal.does('frame', {
          userId,
          placement: `CRM_${entity}_DETAIL_TAB`,
          options: { ID: String(id), URI: '/crm/' },
          handler: 'http://app.test/bitrix24/app',
        }),
      ),
    )
  const of = (page: string, name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(page)?.[1] ?? ''
  const post = async (token: string, path: string, body: object) => {
    const response = await SELF.fetch(`http://app.test/api${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, json: await response.json() }
  }
  const card = async (page: string) => post(of(page, 'token'), '/portal-card', { ticket: of(page, 'card') })
  return { portal, accountId, channelId: String(channel?.['id']), item, tab, of, post, card }
}

const mobile = (value: string) => [{ typeId: 'PHONE', valueType: 'MOBILE', value }]

test('each card of the CRM has our tab, and links lead to us, once, also after an update', async () => {
  const { portal } = await aDesk()
  const placed = async () => (await portal.got('placement.bind')).length
  expect(await placed()).toBe(5)
  await portal.object().register()
  expect(await placed()).toBe(5)
  await portal.does('update')
  expect(await portal.bring('ONAPPUPDATE')).toBe(200)
  await expect.poll(placed, { timeout: 10_000 }).toBe(10)
})

test("a contact's tab knows their numbers and the chat with them; a deal's, those of its people", async () => {
  const { item, tab, of, post, card, channelId } = await aDesk()
  const rosa = await item(3, { name: 'Rosa', lastName: 'Vera', fm: [...mobile('+593 98 765 4321'), ...mobile('099 111 2233')] })
  const page = (await tab('CONTACT', rosa)).text
  expect((await card(page)).json).toMatchObject({
    entity: 'contact',
    name: 'Rosa Vera',
    numbers: [{ phone: '593987654321', owner: null, chats: [] }, { chats: [] }],
  })
  const opened = await post(of(page, 'token'), '/chats', { channelId, phone: '+593987654321', name: 'Rosa' })
  expect(opened.status).toBe(200)
  const { id } = z.looseObject({ id: z.string() }).parse(opened.json)
  expect((await card(page)).json).toMatchObject({ numbers: [{ chats: [{ id, channelId }] }, { chats: [] }] })

  const deal = await item(2, { title: 'Mil cajas', contactId: rosa, contactIds: [rosa] })
  expect((await card((await tab('DEAL', deal)).text)).json).toMatchObject({
    entity: 'deal',
    name: 'Mil cajas',
    numbers: [{ phone: '593987654321', owner: 'Rosa Vera', chats: [{ id }] }, {}],
  })
  const lead = await item(1, { title: 'Nadie', fm: [] })
  expect((await card((await tab('LEAD', lead)).text)).json).toMatchObject({ name: 'Nadie', numbers: [] })
})

test('whom nobody has let in is told by name whom to ask; a card is only for who opened it', async () => {
  const { portal, accountId, item, tab, of, post } = await aDesk()
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const mine = (await tab('CONTACT', rosa)).text
  const stranger = await tab('CONTACT', rosa, 2)
  expect(stranger.status).toBe(403)
  const [boss] = await owner.query('select name from person where account_id = $1', [accountId])
  expect(stranger.text).toContain(`Pídaselo a ${String(boss?.['name'])}.`)

  // Let in, without a single chat in sight: the numbers of the portal, and nothing of ours.
  const [agent] = await owner.query(
    "insert into person (account_id, email, name, role_id) values ($1, $2, 'Agente', (select id from role where account_id = $1 and base = 'agent' limit 1)) returning id",
    [accountId, `${crypto.randomUUID()}@example.com`],
  )
  await owner.query("update portal_person set person_id = $1 where account_id = $2 and user_id = '2'", [agent?.['id'], accountId])
  const theirs = (await tab('CONTACT', rosa, 2)).text
  expect((await post(of(theirs, 'token'), '/portal-card', { ticket: of(theirs, 'card') })).status).toBe(200)
  const stolen = await post(of(theirs, 'token'), '/portal-card', { ticket: of(mine, 'card') })
  expect(stolen).toMatchObject({ status: 403, json: { code: 'card_over' } })
  expect(await portal.row()).toMatchObject({ state: 'active' })
})

test('a chat of somebody else does not show in the card of who may not see it', async () => {
  const { accountId, item, tab, of, post, card, channelId } = await aDesk()
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const boss = (await tab('CONTACT', rosa)).text
  await post(of(boss, 'token'), '/chats', { channelId, phone: '+593987654321' })
  expect((await card(boss)).json).toMatchObject({ numbers: [{ chats: [{ channelId }] }] })
  await tab('CONTACT', rosa, 2)
  await owner.query("update channel set access = 'exclusive' where id = $1", [channelId])
  const [agent] = await owner.query(
    "insert into person (account_id, email, name, role_id) values ($1, $2, 'Agente', (select id from role where account_id = $1 and base = 'agent' limit 1)) returning id",
    [accountId, `${crypto.randomUUID()}@example.com`],
  )
  await owner.query("update portal_person set person_id = $1 where account_id = $2 and user_id = '2'", [agent?.['id'], accountId])
  expect((await card((await tab('CONTACT', rosa, 2)).text)).json).toMatchObject({ numbers: [{ chats: [] }] })
})

test('a portal that is away says so and can be asked again; a card that is gone is said to be', async () => {
  const { portal, item, tab, card } = await aDesk()
  const rosa = await item(3, { name: 'Rosa', fm: mobile('+593987654321') })
  const page = (await tab('CONTACT', rosa)).text
  await portal.does('item', { id: `3:${rosa}`, delete: true })
  expect(await card(page)).toMatchObject({ status: 422, json: { code: 'portal_denied' } })
  await portal.settings({ isOverloaded: true })
  expect(await card(page)).toMatchObject({ status: 503, json: { code: 'portal_away' } })
})
