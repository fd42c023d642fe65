/** Who sees which contact, merging, putting right and bringing in from a file: CRM-16, CRM-31, CRM-45, CRM-74. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Card = z.looseObject({ id: z.string(), name: z.nullable(z.string()), phone: z.nullable(z.string()), rev: z.number() })
const Cards = z.object({ items: z.array(Card), next: z.nullable(z.string()) })
const names = (answer: unknown) => Cards.parse(answer).items.map(({ name }) => name)
const add = async (account: AnAccount, fields: object) =>
  z.object({ contact: Card, existed: z.boolean() }).parse(await account.api('api_contact_add', { name: 'Rosa', ...fields }))
const writes = (account: AnAccount, phone: string, more: object = {}) =>
  account.ingest(account.entry({ customer: { phone }, objectKey: `p:${phone}`, ...more }))

test.each([
  ['Mexico, with and without its 1', '525512345678', '5215512345678'],
  ['Argentina, with and without its 9', '541123456789', '5491123456789'],
  ['Brazil, with and without its ninth digit', '551187654321', '5511987654321'],
  ['Ecuador, with a national 0', '593987654321', '5930987654321'],
])('%s: who was written down one way is the one who writes the other way', async (_name, written, heard) => {
  const account = await anAccount()
  const { contact } = await add(account, { phone: written })
  await writes(account, heard)
  expect(await account.api('api_contacts', {})).toMatchObject({
    items: [{ id: contact.id, name: 'Rosa', phone: heard, state: 'new' }],
  })
  expect(await add(account, { phone: written })).toMatchObject({ existed: true, contact: { id: contact.id } })
})

test('two numbers that merely resemble stay two people', async () => {
  const account = await anAccount()
  for (const phone of ['525512345678', '525512345679', '593987654321', '51987654321']) await add(account, { name: phone, phone })
  expect(names(await account.api('api_contacts', {}))).toHaveLength(4)
})

test('a list of many is read page by page, by name, none twice and none left out', async () => {
  const account = await anAccount()
  for (let n = 0; n < 120; n += 1) await add(account, { name: `Cliente ${n % 7} ${n}` })
  const seen: (string | null)[] = []
  let cursor: string | null = null
  do {
    const page = Cards.parse(await account.api('api_contacts', cursor ? { cursor } : {}))
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.next
  } while (cursor)
  expect(new Set(seen).size).toBe(120)
  expect(seen).toHaveLength(120)
})

test('an agent sees contacts of their chats and those they wrote down, a number only where they may', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  await writes(account, '593987000001', { profileName: 'De otra persona' })
  await writes(account, '593987000002', { profileName: 'De Luis' })
  await doors().owner.query(
    `update chat c set assignee_id = case when k.phone = '593987000002' then $2 else $3 end::uuid from contact k where k.id = c.contact_id and c.account_id = $1`,
    [account.id, luis.id, account.personId],
  )
  await add(account, { name: 'De nadie', phone: '593987000003' })
  const own = await luis.api('api_contact_add', { name: 'Escrita por Luis', phone: '593987000004' }, 'contacts.write')
  expect(Cards.parse(await luis.api('api_contacts', {}, 'contacts.read')).items.map(({ id, phone }) => [id, phone])).toHaveLength(
    2,
  )
  for (const q of ['otra persona', '0001', 'nadie'])
    expect(names(await luis.api('api_contacts', { q }, 'contacts.read'))).toEqual([])
  expect(names(await luis.api('api_contacts', { q: 'luis' }, 'contacts.read'))).toHaveLength(2)
  // The number of somebody whom they do not see is told to be taken, not whose it is.
  await expect(luis.api('api_contact_add', { name: 'X', phone: '593987000001' }, 'contacts.write')).rejects.toThrow(
    'contact_taken',
  )
  const [theirs] = Cards.parse(await account.api('api_contacts', { q: 'otra persona' })).items
  expect(await luis.api('api_contact', { contactId: theirs?.id }, 'contacts.read')).toBeNull()
  expect(await luis.api('api_contact_change', { contactId: theirs?.id, rev: 1, name: 'Mía' }, 'contacts.write')).toBeNull()
  await doors().owner.query(`update role set changes = '{"contacts.phone":null}' where id = $1`, [luis.roleId])
  expect(await luis.api('api_contacts', { q: 'escrita' }, 'contacts.read')).toMatchObject({ items: [{ phone: '•••004' }] })
  const { contact } = z.object({ contact: Card }).parse(own)
  const change = { contactId: contact.id, rev: contact.rev, email: 'a@b.ec' }
  await expect(luis.api('api_contact_change', change, 'contacts.write')).rejects.toThrow('forbidden')
})

test('merging gives all chats and numbers to the one who stays, also those of other people', async () => {
  const account = await anAccount()
  await writes(account, '593987000001')
  await writes(account, '593987000002')
  const items = Cards.parse(await account.api('api_contacts', {})).items
  const [keep, spare] = items
  const told = await account.api('api_contacts_merge', { contactId: keep?.id, spareId: spare?.id })
  expect(told).toMatchObject({ contact: { id: keep?.id }, chats: [{ unanswered: 2 }], forgets: [{ into: expect.any(String) }] })
  expect(Cards.parse(await account.api('api_contacts', {})).items).toHaveLength(1)
  await writes(account, '593987000002', { text: 'Sigo aquí' })
  expect(await account.api('api_contact', { contactId: spare?.id })).toMatchObject({ id: keep?.id })
  const { rows } = await doors().owner.query(
    'select count(*)::int as n from chat where account_id = $1 and merged_into is null',
    [account.id],
  )
  expect(rows[0].n).toBe(1)
})

test('of two who change a card, the later is told; the number of who has written is not changed by hand', async () => {
  const account = await anAccount()
  const { contact } = await add(account, { phone: '593987000001' })
  expect(
    await account.api('api_contact_change', { contactId: contact.id, rev: 1, name: 'Rosa Huamán', phone: '593987000009' }),
  ).toMatchObject({
    contact: { name: 'Rosa Huamán', phone: '593987000009', rev: 2 },
  })
  await expect(account.api('api_contact_change', { contactId: contact.id, rev: 1, name: 'Otra' })).rejects.toThrow(
    'changed_meanwhile',
  )
  await writes(account, '593987000009')
  const late = { contactId: contact.id, rev: 2, phone: '593987000008' }
  await expect(account.api('api_contact_change', late)).rejects.toThrow('contact_number_in_use')
})

test('who was put away is not listed, comes back by hand, and by writing', async () => {
  const account = await anAccount()
  const { contact } = await add(account, { phone: '593987000001' })
  const archive = (archived: boolean) => account.api('api_contact_archive', { contactId: contact.id, archived })
  await archive(true)
  expect(names(await account.api('api_contacts', {}))).toEqual([])
  expect(names(await account.api('api_contacts', { archived: 'true' }))).toEqual(['Rosa'])
  await archive(false)
  await archive(true)
  await writes(account, '593987000001')
  expect(names(await account.api('api_contacts', {}))).toEqual(['Rosa'])
})

const Imported = z.object({
  result: z.object({
    importId: z.nullable(z.string()),
    counts: z.record(z.string(), z.number()),
    rows: z.array(z.object({ outcome: z.string(), reason: z.nullable(z.string()) })),
  }),
})
const importing = async (account: AnAccount, rows: object[], more: object = {}) =>
  Imported.parse(
    await account.api('api_contacts_import', {
      ...{ fileName: 'a.csv', existing: 'fill', dryRun: false, rows: rows.map((row, n) => ({ n, why: null, ...row })) },
      ...more,
    }),
  ).result

test('a dry run says of each row what would become of it, and writes nothing', async () => {
  const account = await anAccount()
  await add(account, { name: 'Rosa', phone: '5215512345678' })
  const rows = [
    { name: 'Nueva', phone: '593987000001' },
    { name: 'Otra vez', phone: '593987000001' },
    { name: 'Rosa', phone: '525512345678', email: 'r@x.mx' },
    { name: 'Mal', phone: null, why: 'phone_invalid' },
  ]
  const said = await importing(account, rows, { dryRun: true })
  expect(said.rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ...[
      ['created', null],
      ['refused', 'repeated'],
      ['updated', null],
      ['refused', 'phone_invalid'],
    ],
  ])
  expect(names(await account.api('api_contacts', {}))).toEqual(['Rosa'])
  const done = await importing(account, rows)
  expect(done.rows).toEqual(said.rows)
  expect(done.counts).toEqual({ created: 1, updated: 1, refused: 2 })
})

test('2,000 rows are imported and taken back; who was changed or wrote since is kept', { timeout: 60_000 }, async () => {
  const account = await anAccount()
  const known = await add(account, { name: 'Conocida', phone: '593980000000' })
  const rows = Array.from({ length: 2000 }, (_, n) => ({
    name: `Persona ${n}`,
    phone: String(593980000000 + n),
    email: `p${n}@x.ec`,
  }))
  const { importId, counts } = await importing(account, rows, { existing: 'replace' })
  expect(counts).toEqual({ created: 1999, updated: 1 })
  const [one] = Cards.parse(await account.api('api_contacts', { q: 'Persona 1321' })).items
  await account.api('api_contact_change', { contactId: one?.id, rev: one?.rev, name: 'Cambiada' })
  await writes(account, '593980000007')
  const undone = await account.api('api_contact_import_undo', { importId })
  expect(undone).toMatchObject({ result: { archived: 1997, restored: 1, kept: 2 } })
  expect(names(await account.api('api_contacts', {})).toSorted()).toEqual(['Cambiada', 'Conocida', 'Persona 7'])
  expect(await account.api('api_contact', { contactId: known.contact.id })).toMatchObject({ name: 'Conocida', email: null })
  await expect(account.api('api_contact_import_undo', { importId })).rejects.toThrow('import_undone')
  // The same file again: who was taken back comes back, nobody is doubled.
  expect((await importing(account, rows)).counts).toMatchObject({ created: 1997 })
})

test('a file comes in part by part: asked again it goes on after the last one, and says the same of those that are done', async () => {
  const account = await anAccount()
  const id = randomUUID()
  const people = [0, 1, 2].map((n) => ({ n, name: `Persona ${n}`, phone: String(593_982_000_000 + n) }))
  const part = (n: number, more: object = {}) => importing(account, people.slice(n, n + 1), { id, part: n, of: 3, ...more })
  const first = await part(0)
  expect(first).toMatchObject({ importId: id, counts: { created: 1 }, rows: [{ outcome: 'created' }] })
  await expect(part(2), 'out of its turn').rejects.toThrow('changed_meanwhile')
  expect(await Promise.all([part(0), part(0)]), 'done already').toEqual([first, first])
  await part(1)
  await part(2)
  expect(await part(1)).toMatchObject({ counts: { created: 1 } })
  expect(names(await account.api('api_contacts', {})).toSorted()).toEqual(['Persona 0', 'Persona 1', 'Persona 2'])
  expect(await account.api('api_contact_imports', {})).toMatchObject({ items: [{ id, counts: { created: 3 } }] })
  const { rows } = await doors().owner.query("select after from audit where account_id = $1 and action = 'contacts.imported'", [
    account.id,
  ])
  expect(rows, 'one import, told once').toMatchObject([{ after: { created: 3 } }])
  await expect(part(0, { fileName: 'b.csv' }), 'another file').rejects.toThrow('id_reused')
  const other = await anAccount()
  await expect(importing(other, people, { id })).rejects.toThrow('id_reused')
  await account.api('api_contact_import_undo', { importId: id })
  await expect(part(0)).rejects.toThrow('import_undone')
})

const issues = async (account: AnAccount, kind: string) =>
  z
    .object({ items: z.array(z.looseObject({ contact: Card, others: z.array(Card) })), counts: z.record(z.string(), z.number()) })
    .parse(await account.api('api_contact_issues', { kind }))

test('what is incomplete, double or in conflict waits for a supervisor, and goes when it is put right or accepted', async () => {
  const account = await anAccount()
  const first = await add(account, { name: 'Rosa', phone: '593987000001', document: '170-1' })
  await add(account, { name: 'Rosa H.', phone: '593987000002', document: '1701' })
  const { contact: alone } = await add(account, { name: 'Sin número' })
  await importing(account, [{ name: 'Rosita', phone: '593987000001' }])
  expect((await issues(account, 'duplicate')).counts).toEqual({ incomplete: 1, duplicate: 1, conflict: 1 })
  expect((await issues(account, 'duplicate')).items[0]).toMatchObject({
    shared: 'document',
    contact: { id: first.contact.id },
    others: [{ name: 'Rosa H.' }],
  })
  expect((await issues(account, 'conflict')).items[0]).toMatchObject({ proposal: { name: 'Rosita' }, contact: { name: 'Rosa' } })
  await account.api('api_contact_issue_settle', { contactId: first.contact.id, kind: 'conflict', take: true })
  await account.api('api_contact_issue_settle', { contactId: alone.id, kind: 'incomplete' })
  await account.api('api_contact_issue_settle', { contactId: first.contact.id, kind: 'duplicate' })
  expect((await issues(account, 'duplicate')).counts).toEqual({ incomplete: 0, duplicate: 0, conflict: 0 })
  expect(await account.api('api_contact', { contactId: first.contact.id })).toMatchObject({ name: 'Rosita' })
})

test('who is known under quite another name in the client database is in conflict; a longer form of the name is not', async () => {
  const account = await anAccount()
  const { contact } = await add(account, { name: 'Rosa', phone: '593987000001' })
  await add(account, { name: 'Luis Paz', phone: '593987000002' })
  const fields = [{ key: 'titular', label: 'Titular', path: 'name', kind: 'text', sensitive: false, editable: true }]
  await account.api('api_client_source_set', { settings: { baseUrl: 'https://a.ec', fields } })
  const record = (clientId: string, phone: string, titular: string) => {
    return { clientId, phone, data: {}, texts: { titular }, version: '1', readAt: new Date().toISOString() }
  }
  await account.api('api_clients_keep', {
    rows: [record('1', '593987000001', 'Carmen Ríos'), record('2', '593987000002', 'LUIS PAZ MOYA')],
  })
  expect((await issues(account, 'conflict')).items).toMatchObject([
    { contact: { id: contact.id }, proposal: { name: 'Carmen Ríos' } },
  ])
  await account.api('api_contact_issue_settle', { contactId: contact.id, kind: 'conflict', take: true })
  expect(await account.api('api_contact', { contactId: contact.id })).toMatchObject({ name: 'Carmen Ríos' })
  await account.api('api_clients_keep', { rows: [record('1', '593987000001', 'Otra Persona')] })
  expect((await issues(account, 'conflict')).counts['conflict']).toBe(1)
  await account.api('api_contact_issue_settle', { contactId: contact.id, kind: 'conflict' })
  expect((await issues(account, 'conflict')).counts['conflict']).toBe(0)
})

test('another company’s contacts are nobody’s here, whatever is asked', async () => {
  const [mine, theirs] = await Promise.all([anAccount(), anAccount()])
  const { contact } = await add(theirs, { phone: '593987000001' })
  const own = await add(mine, { phone: '593987000001' })
  expect(own.existed).toBe(false)
  expect(await mine.api('api_contact', { contactId: contact.id })).toBeNull()
  expect(await mine.api('api_contact_archive', { contactId: contact.id, archived: true })).toBeNull()
  expect(await mine.api('api_contacts_merge', { contactId: own.contact.id, spareId: contact.id })).toBeNull()
  expect(await mine.api('api_contact_import_undo', { importId: randomUUID() })).toBeNull()
})
