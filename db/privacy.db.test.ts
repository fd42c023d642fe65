/** The privacy notice and what people ask about their data: requirement CRM-113 (LOPDP). */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const TEXT = 'Quién es responsable de sus datos: {responsable}. Escríbanos a {correo}. '.repeat(3)
const FIELDS = { responsible: 'Cobros del Sur', taxNumber: '', address: 'Loja', email: 'datos@cobros.ec', officer: '' }
const SENTENCE = 'Cuidamos sus datos: {aviso_privacidad}'

const publish = (account: AnAccount, after = 0) =>
  account.api('api_privacy_publish', { after, fields: FIELDS, texts: { es: TEXT } })
const set = (account: AnAccount, changes: object) =>
  account.api('api_privacy_change', { rev: 1, sendsToNew: true, sentence: SENTENCE, answerDays: 15, ...changes })

/** An account that sends its notice to new contacts, with or without a greeting of its number. */
async function aTellingAccount(greeting: string | null) {
  const account = await anAccount()
  await publish(account)
  await set(account, {})
  if (greeting !== null)
    await doors().owner.query(
      "insert into channel_hours (channel_id, account_id, time_zone, week, greeting, automatic) values ($1, $2, 'America/Guayaquil', '[]', $3, '{greeting}')",
      [account.channelId, account.id, greeting],
    )
  return account
}

const now = (seconds = 0) => new Date(Date.now() + seconds * 1000).toISOString()
const write = (account: AnAccount, changes: object) => account.ingest(account.entry({ at: now(), ...changes }))

const Context = z.object({ skip: z.nullable(z.string()), words: z.nullable(z.string()), notice: z.nullable(z.string()) })
const Ref = z.looseObject({ id: z.string(), rule: z.string(), chatId: z.string(), privacy: z.optional(z.number()) })

async function jobsOf(account: AnAccount) {
  const { rows } = await doors().owner.query(
    "select ref from job where account_id = $1 and kind = 'automatic' order by created_at, id",
    [account.id],
  )
  return rows.map(({ ref }) => Ref.parse(ref))
}

async function contextOf(account: AnAccount, ref: object) {
  const { rows } = await doors().app.query('select automatic_context($1, $2) as c', [account.id, JSON.stringify(ref)])
  return Context.parse(rows[0].c)
}

async function contactOf(account: AnAccount, chatId: string): Promise<string> {
  return z.object({ contact: z.object({ id: z.string() }) }).parse(await account.api('api_chat', { chatId })).contact.id
}

async function aContact(account: AnAccount) {
  const chatId = randomUUID()
  await write(account, { chatId })
  return { chatId, contactId: await contactOf(account, chatId) }
}

test('each version stays as it was published, and two people do not publish over each other', async () => {
  const account = await anAccount()
  expect(await account.api('api_privacy', {})).toMatchObject({ rev: 0, current: null, answerDays: 15, history: [] })
  expect(await publish(account)).toMatchObject({ current: { version: 1, by: 'Ana', fields: { ...FIELDS, days: 15 } } })
  await expect(publish(account)).rejects.toThrow('changed_meanwhile')
  expect(await publish(account, 1)).toMatchObject({ current: { version: 2 }, history: [{ version: 2 }, { version: 1 }] })
  for (const sql of ["update privacy_notice set texts = '{}'", 'delete from privacy_notice'])
    await expect(doors().app.query(sql)).rejects.toThrow('permission denied')
})

test('the page is for whoever has its address, each version at its own, and knows of nothing else', async () => {
  const account = await anAccount()
  const { key } = z.object({ key: z.string() }).parse(await publish(account))
  await publish(account, 1)
  const page = async (k: string, version: number | null) =>
    (await doors().app.query('select privacy_page($1, $2) as page', [k, version])).rows[0].page
  expect(await page(key, null)).toMatchObject({ company: 'Prueba', version: 2, latest: 2, texts: { es: TEXT } })
  expect(await page(key, 1)).toMatchObject({ version: 1, latest: 2 })
  expect(await page(key, 9)).toBeNull()
  expect(await page('000000000000', null)).toBeNull()
})

test('nothing is sent before there is something to send, and a setting is not written over', async () => {
  const account = await anAccount()
  await expect(set(account, { rev: 0 })).rejects.toThrow('notice_missing')
  await publish(account)
  expect(await set(account, { answerDays: 10 })).toMatchObject({ rev: 2, sendsToNew: true, answerDays: 10 })
  await expect(set(account, {})).rejects.toThrow('changed_meanwhile')
})

test('a new contact is told once, with the greeting, whichever number they write to', async () => {
  const account = await aTellingAccount('Hola, {cliente}.')
  const second = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Quito', $3, '593911111111', $3, '')",
    [second, account.id, second],
  )
  const hook = account.entry({ at: now() })
  await account.ingest(hook)
  await account.ingest(hook)
  await write(account, { channelId: second })
  await write(account, {})
  const jobs = await jobsOf(account)
  expect(jobs.map(({ rule, privacy }) => [rule, privacy])).toEqual([['greeting', 1]])
  const [job] = jobs
  expect(await contextOf(account, job ?? {})).toMatchObject({ skip: null, words: `Hola, {cliente}.\n\n${SENTENCE}` })
  expect(await account.api('api_privacy', {})).toMatchObject({ sent: 1 })
})

test('a greeting that names the page itself is not told twice in one breath', async () => {
  const account = await aTellingAccount('Hola. Lea {aviso_privacidad}')
  await write(account, {})
  const [job] = await jobsOf(account)
  expect(await contextOf(account, job ?? {})).toMatchObject({ words: 'Hola. Lea {aviso_privacidad}' })
})

test('without a greeting the notice goes by itself; somebody who answers first does not hold it back', async () => {
  const account = await aTellingAccount(null)
  const chatId = randomUUID()
  await write(account, { chatId, at: now(-5) })
  const author = { kind: 'person', id: account.personId, name: 'Ana' }
  await account.ingest(account.entry({ op: 'out', chatId, at: now(), author, token: randomUUID(), bodyHash: 'h' }))
  const [job] = await jobsOf(account)
  expect(job).toMatchObject({ rule: 'privacy', privacy: 1 })
  expect(await contextOf(account, job ?? {})).toMatchObject({ skip: null, words: SENTENCE })
})

test('who was there before, or writes to a company that does not send it, hears nothing', async () => {
  const account = await anAccount()
  await write(account, {})
  await publish(account)
  await set(account, {})
  await write(account, {})
  expect(await jobsOf(account)).toEqual([])
})

test('what was not sent after all is sent with the next message, and then no more', async () => {
  const account = await aTellingAccount(null)
  const chatId = randomUUID()
  await write(account, { chatId })
  const [job] = await jobsOf(account)
  await doors().app.query('select automatic_skipped($1, $2, $3)', [account.id, JSON.stringify(job), 'automatic_paused'])
  const contactId = await contactOf(account, chatId)
  expect(await account.api('api_contact_requests', { contactId })).toMatchObject({ notice: null })
  await write(account, { chatId })
  await write(account, { chatId })
  expect(await jobsOf(account)).toHaveLength(2)
  expect(await account.api('api_contact_requests', { contactId })).toMatchObject({ notice: { version: 1 } })
})

test('under the message that carries it the chat says so', async () => {
  const account = await aTellingAccount(null)
  const chatId = randomUUID()
  await write(account, { chatId })
  const [job] = await jobsOf(account)
  const out = { op: 'out', messageId: job?.id, chatId, author: { kind: 'system' }, extra: { automatic: 'privacy', privacy: 1 } }
  await account.ingest(account.entry({ ...out, at: now(), token: randomUUID(), bodyHash: 'h' }))
  const messages = await account.api('api_messages', { chatId })
  expect(messages).toMatchObject({
    items: [{ direction: 'in' }, { direction: 'out' }, { kind: 'system', extra: { system: 'privacy_sent', how: '1' } }],
  })
})

test('a request is due by itself, settled once, and nobody rewrites it', async () => {
  const account = await anAccount()
  const { contactId } = await aContact(account)
  const add = (changes: object) =>
    account.api('api_privacy_request_add', { contactId, kind: 'access', asked: 'Qué guardan', ...changes })
  const made = z.looseObject({ id: z.string() }).parse(await add({ receivedOn: '2026-01-01' }))
  expect(made).toMatchObject({ dueOn: '2026-01-16', isLate: true, state: 'open', by: 'Ana' })
  await expect(add({ receivedOn: '2099-01-01' })).rejects.toThrow('date_to_come')
  await add({})
  expect(await account.api('api_privacy_requests', {})).toMatchObject({ items: [{ id: made.id }, { isLate: false }], next: null })
  const settle = { privacyRequestId: made.id, state: 'done', outcome: 'Se le entregó el archivo' }
  expect(await account.api('api_privacy_request_settle', settle)).toMatchObject({ seen: { state: 'done', settledBy: 'Ana' } })
  await expect(account.api('api_privacy_request_settle', settle)).rejects.toThrow('changed_meanwhile')
  expect(await account.api('api_privacy_requests', { settled: 'yes' })).toMatchObject({ items: [{ id: made.id }] })
  const rewrite = doors().owner.query("update privacy_request set asked = 'otra cosa' where id = $1", [made.id])
  await expect(rewrite).rejects.toThrow('history')
})

test('an objection that is met is a no to every message', async () => {
  const account = await anAccount()
  const { chatId, contactId } = await aContact(account)
  const { id } = z
    .looseObject({ id: z.string() })
    .parse(await account.api('api_privacy_request_add', { contactId, kind: 'objection', asked: 'No quiero que me escriban' }))
  const answer = { privacyRequestId: id, state: 'done', outcome: 'Dado de baja' }
  expect(await account.api('api_privacy_request_settle', answer)).toMatchObject({ chats: [{ id: chatId }] })
  expect(await account.api('api_chat', { chatId })).toMatchObject({ consent: { out: 'all', source: 'person' } })
})

test('the file of a contact holds everything, page by page, and another company gets nothing', async () => {
  const [account, other] = await Promise.all([anAccount(), anAccount()])
  const { contactId } = await aContact(account)
  await write(account, { text: 'Ya pagué' })
  expect(await account.api('api_contact_data', { contactId })).toMatchObject({
    complete: true,
    contact: { id: contactId },
    identities: [{ kind: 'phone', value: '593987654321' }],
    chats: [{ channel: 'Ventas' }],
  })
  const page = await account.api('api_contact_data_messages', { contactId })
  expect(page).toMatchObject({ items: [{ text: 'Hola' }, { text: 'Ya pagué' }], next: null })
  expect(await other.api('api_contact_data', { contactId })).toBeNull()
  expect(await other.api('api_contact_data_messages', { contactId })).toBeNull()
  expect(await account.api('api_audit', {})).toMatchObject({ items: [{ action: 'contact.exported' }] })
})
