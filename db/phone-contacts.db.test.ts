/** The address book of a number's phone: proposals, names that are ours, and what the client database still has to hear. */
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const sql = async (text: string, ...params: unknown[]) => (await doors().owner.query(text, params)).rows
const [ROSA, LUIS, EVA] = ['593987000001', '593987000002', '593987000003']

async function aNumber(): Promise<AnAccount> {
  const account = await anAccount()
  await sql("update channel set kind = 'session' where id = $1", account.channelId)
  return account
}
const tells = async (account: AnAccount, ...people: object[]) => {
  const { rows } = await doors().app.query('select session_people($1, $2, $3) as told', [
    ...[account.id, account.channelId],
    JSON.stringify(people),
  ])
  return rows[0].told
}
const person = (phone: string, name: string, more: object = {}) => ({ customer: { phone, ...more }, name })

const Listed = z.looseObject({
  counts: z.record(z.string(), z.number()),
  items: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
})
const list = async (account: AnAccount, more: object = {}) =>
  Listed.parse(await account.api('api_phone_contacts', { channelId: account.channelId, ...more }))
const settle = (account: AnAccount, more: object) =>
  account.api('api_phone_contacts_settle', { channelId: account.channelId, ...more })
const way = (account: AnAccount, way_: string, toClients = true) =>
  account.api('api_phone_contacts_set', { channelId: account.channelId, way: way_, toClients })
const contactsOf = (account: AnAccount) => sql('select name, phone from contact where account_id = $1 order by phone', account.id)

/** Luis has written and has no name; Rosa has one of ours. */
async function aNumberWithPeople(): Promise<AnAccount> {
  const account = await aNumber()
  await account.api('api_contact_add', { name: 'Rosa Huamán', phone: ROSA })
  await account.ingest(account.entry({ customer: { phone: LUIS, lid: '77002' }, objectKey: `p:${LUIS}`, profileName: 'Luchito' }))
  return account
}

test('the address book proposes: who is new, who has no name here, and whose name is another, side by side', async () => {
  const account = await aNumberWithPeople()
  await tells(account, person(ROSA, 'Rosita Farmacia'), { customer: { lid: '77002' }, name: 'Luis Zamora' }, person(EVA, 'Eva'))
  expect(await list(account)).toMatchObject({
    ...{ way: 'propose', hasClients: false, clients: {} },
    counts: { new: 1, fill: 1, conflict: 1, taken: 0, left: 0 },
  })
  expect((await list(account, { kind: 'conflict' })).items).toMatchObject([
    { name: 'Rosita Farmacia', phone: ROSA, contact: { name: 'Rosa Huamán' } },
  ])
  // Nothing is written before somebody decides.
  expect(await contactsOf(account)).toEqual([
    { name: 'Rosa Huamán', phone: ROSA },
    { name: null, phone: LUIS },
  ])
})

test('several are taken at once, others left; what is left comes again only under another name', async () => {
  const account = await aNumberWithPeople()
  const book = [person(ROSA, 'Rosita'), person(LUIS, 'Luis Zamora'), person(EVA, 'Eva', { lid: '77003' })]
  await tells(account, ...book)
  const { items } = await list(account)
  const idOf = (kind: string) => items.find((one) => one.kind === kind)?.id
  expect(await settle(account, { take: true, ids: [idOf('new'), idOf('fill')] })).toMatchObject({
    settled: 2,
    // The chat of who has a name now is told to phones.
    chats: [{ contact: { name: 'Luis Zamora' } }],
  })
  expect(await settle(account, { take: false, kind: 'conflict' })).toMatchObject({ settled: 1 })
  expect(await contactsOf(account)).toEqual([
    { name: 'Rosa Huamán', phone: ROSA },
    { name: 'Luis Zamora', phone: LUIS },
    { name: 'Eva', phone: EVA },
  ])
  await tells(account, ...book)
  expect((await list(account)).counts).toEqual({ new: 0, fill: 0, conflict: 0, taken: 2, left: 1 })
  await tells(account, person(ROSA, 'Rosa de la Esquina'))
  expect((await list(account)).counts).toMatchObject({ conflict: 1, left: 0 })
  await settle(account, { take: true, kind: 'conflict' })
  expect((await contactsOf(account))[0]).toEqual({ name: 'Rosa de la Esquina', phone: ROSA })
  // Who writes later under her LID is the same person.
  await account.ingest(account.entry({ customer: { lid: '77003' }, objectKey: 'l:77003' }))
  expect(await contactsOf(account)).toHaveLength(3)
  expect(
    await sql("select action, after from audit where account_id = $1 and action like 'phone_contacts%' order by n", account.id),
  ).toMatchObject([
    { action: 'phone_contacts.taken', after: { count: 2 } },
    { action: 'phone_contacts.left' },
    { action: 'phone_contacts.taken' },
  ])
})

test('directly, what contradicts nobody becomes ours at once; a name of ours is never written over', async () => {
  const account = await aNumberWithPeople()
  await tells(account, person(EVA, 'Eva'))
  await way(account, 'direct')
  await tells(account, person(ROSA, 'Rosita'), person(LUIS, 'Luis Zamora'))
  expect(await contactsOf(account)).toEqual([
    { name: 'Rosa Huamán', phone: ROSA },
    { name: 'Luis Zamora', phone: LUIS },
    { name: 'Eva', phone: EVA },
  ])
  expect((await list(account)).counts).toMatchObject({ new: 0, fill: 0, conflict: 1, taken: 2 })
  // The phone renames her: a person of ours could have chosen the first name, so it is asked.
  await tells(account, person(EVA, 'Eva Soto'))
  expect((await list(account)).counts).toMatchObject({ conflict: 2 })
})

test('switched off, the address book is not kept; what people call themselves only fills what is empty', async () => {
  const account = await aNumberWithPeople()
  await way(account, 'off')
  await tells(
    account,
    person(EVA, 'Eva'),
    { customer: { phone: LUIS }, pushName: 'Otro' },
    { customer: { phone: ROSA }, pushName: 'Rosi' },
  )
  expect((await list(account)).counts).toMatchObject({ new: 0 })
  expect(await sql('select profile_name from contact where account_id = $1 order by phone', account.id)).toEqual([
    { profile_name: 'Rosi' },
    { profile_name: 'Luchito' },
  ])
})

test('where a client database is connected, what is taken is due there, by one job at a time, and its outcome is told', async () => {
  const account = await aNumberWithPeople()
  await sql('insert into client_source (account_id, settings) values ($1, \'{"fields":[]}\')', account.id)
  await tells(account, person(EVA, 'Eva'), person(LUIS, 'Luis'))
  expect(await settle(account, { take: true, kind: 'new' })).toMatchObject({ jobs: [{ kind: 'phone_contacts' }] })
  expect(await settle(account, { take: true, kind: 'fill' })).toMatchObject({ settled: 1, jobs: [] })
  const { rows } = await doors().app.query('select phone_contacts_for_clients($1, 20) as due', [account.id])
  expect(rows[0].due.items.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Eva', 'Luis'])
  await doors().app.query("select phone_contact_client($1, $2, 'added', null)", [account.id, rows[0].due.items[0].id])
  expect(await list(account)).toMatchObject({ hasClients: true, clients: { due: 1, added: 1 } })
  await way(account, 'propose', false)
  await tells(account, person('593987000009', 'Nadie'))
  expect(await settle(account, { take: true, kind: 'new' })).toMatchObject({ settled: 1 })
  expect(await list(account)).toMatchObject({ clients: { due: 1, added: 1 } })
})

test('nobody of another company sees or decides anything of it', async () => {
  const account = await aNumberWithPeople()
  await tells(account, person(EVA, 'Eva'))
  const [one] = (await list(account)).items
  const stranger = await aNumber()
  expect(await stranger.api('api_phone_contacts', { channelId: account.channelId })).toBeNull()
  expect(
    await stranger.api('api_phone_contacts_settle', { channelId: stranger.channelId, take: true, ids: [one?.id] }),
  ).toMatchObject({ settled: 0 })
  expect((await list(account)).counts).toMatchObject({ new: 1 })
})
