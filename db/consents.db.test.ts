/** Who wants to hear from us: requirement B24-25. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Chat = z.looseObject({
  consent: z.nullable(z.object({ out: z.string(), at: z.string(), source: z.string(), how: z.string() })),
  contact: z.looseObject({ id: z.string() }),
  rev: z.number(),
})
const Word = z.looseObject({ id: z.string(), state: z.string(), purpose: z.string(), source: z.string(), holds: z.boolean() })
const Words = z.object({ items: z.array(Word) })
const Told = z.object({ chats: z.array(z.looseObject({ id: z.string() })), seen: Word })

const chatOf = async (account: AnAccount, chatId: string) => Chat.parse(await account.api('api_chat', { chatId }))
const historyOf = async (account: AnAccount, contactId: string) =>
  Words.parse(await account.api('api_contact_consents', { contactId })).items

/** A chat of a customer who has written one thing. */
async function aChat(account: AnAccount, changes: Record<string, unknown> = {}) {
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId, ...changes }))
  return { chatId, contactId: (await chatOf(account, chatId)).contact.id }
}

async function aSecondNumber(account: AnAccount): Promise<string> {
  const id = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Quito', $3, '593911111111', $3, '')",
    [id, account.id, id],
  )
  return id
}

const soon = (minutes: number) => new Date(Date.now() + minutes * 1000).toISOString()

test.each([
  ['BAJA', 'out'],
  ['  ¡baja! ', 'out'],
  ['Stop.', 'out'],
  ['quiero darme de baja', null],
  ['bajas', null],
])('«%s» by itself is a no: %s', async (text, expected) => {
  const account = await anAccount()
  const { chatId } = await aChat(account, { text })
  expect((await chatOf(account, chatId)).consent?.out ?? null).toBe(expected && 'all')
})

test('BAJA holds for all numbers of the company until ALTA, and the whole story stays', async () => {
  const account = await anAccount()
  const second = await aSecondNumber(account)
  const { chatId, contactId } = await aChat(account)
  const other = await aChat(account, { channelId: second })
  expect(other.contactId).toBe(contactId)
  const before = (await chatOf(account, other.chatId)).rev
  await account.ingest(account.entry({ text: 'BAJA' }))
  expect((await chatOf(account, chatId)).consent).toMatchObject({ out: 'all', source: 'customer', how: 'BAJA' })
  const elsewhere = await chatOf(account, other.chatId)
  expect(elsewhere.consent).toMatchObject({ out: 'all' })
  expect(elsewhere.rev).toBeGreaterThan(before)
  await account.ingest(account.entry({ text: 'Alta' }))
  expect((await chatOf(account, chatId)).consent).toBeNull()
  expect((await chatOf(account, other.chatId)).consent).toBeNull()
  expect((await historyOf(account, contactId)).map(({ state, holds }) => [state, holds])).toEqual([
    ['in', true],
    ['out', false],
  ])
})

test('a hook that comes twice is one word, and an old one that comes late does not hold', async () => {
  const account = await anAccount()
  const first = account.entry({ text: 'BAJA' })
  const later = account.entry({ text: 'ALTA' })
  const chatId = String(first['chatId'])
  await account.ingest({ ...later, chatId })
  await account.ingest({ ...first, chatId }, { ...first, chatId })
  const { consent, contact } = await chatOf(account, chatId)
  expect(consent).toBeNull()
  expect((await historyOf(account, contact.id)).map(({ state, holds }) => [state, holds])).toEqual([
    ['in', true],
    ['out', false],
  ])
})

test('a number has its own words, for itself alone, and answers once', async () => {
  const account = await anAccount()
  const second = await aSecondNumber(account)
  const own = {
    rev: 0,
    outWords: ['No más'],
    inWords: ['Sí quiero'],
    covers: 'channel',
    outReply: 'Listo, {cliente}.',
    inReply: '',
  }
  expect(await account.api('api_channel_consent_set', { channelId: account.channelId, ...own })).toMatchObject({ rev: 1 })
  await expect(account.api('api_channel_consent_set', { channelId: account.channelId, ...own })).rejects.toThrow(
    'changed_meanwhile',
  )
  const { chatId } = await aChat(account, { text: 'BAJA' })
  expect((await chatOf(account, chatId)).consent).toBeNull()
  const other = await aChat(account, { channelId: second })
  const said = account.entry({ text: 'no mas', at: soon(0) })
  const [written] = await account.ingest(said)
  await account.ingest(said)
  expect((await chatOf(account, chatId)).consent).toMatchObject({ out: 'all' })
  expect((await chatOf(account, other.chatId)).consent).toBeNull()
  expect(written?.['chatId']).toBe(chatId)
  const jobs = await doors().owner.query("select ref from job where account_id = $1 and kind = 'automatic'", [account.id])
  expect(jobs.rows).toMatchObject([{ ref: { rule: 'opted_out' } }])
  const context = await doors().owner.query('select automatic_context($1, $2) as c', [account.id, jobs.rows[0].ref])
  expect(context.rows[0].c).toMatchObject({ skip: null, words: 'Listo, {cliente}.', chat: { consent: { out: 'all' } } })
})

test('what WhatsApp refuses as unwanted advertising, or tells by itself, is kept as such', async () => {
  const account = await anAccount()
  const { chatId, contactId } = await aChat(account)
  const out = account.entry({
    ...{ op: 'out', chatId, kind: 'template', text: 'Promoción', author: { kind: 'person', id: account.personId } },
    ...{ token: randomUUID(), bodyHash: 'h' },
  })
  const failed = {
    op: 'status',
    providerId: 'wamid.1',
    ref: out['messageId'],
    status: 'failed',
    code: 'marketing_stopped',
    providerCode: '131050',
  }
  await account.ingest(out, account.entry(failed), account.entry(failed))
  expect((await chatOf(account, chatId)).consent).toMatchObject({ out: 'marketing', source: 'provider', how: '131050' })
  const args = { contactId, purpose: 'marketing', state: 'in', how: 'por teléfono' }
  await expect(account.api('api_consent_set', args)).rejects.toThrow('consent_by_provider')
  const resume = {
    op: 'consent',
    customer: { phone: '593987654321' },
    purpose: 'marketing',
    state: 'in',
    how: 'resume',
    fingerprint: 'f1',
  }
  await account.ingest(account.entry({ ...resume, at: soon(5) }))
  expect((await chatOf(account, chatId)).consent).toBeNull()
})

test('a template that waited is stopped when its customer says no meanwhile', async () => {
  const account = await anAccount()
  const { chatId } = await aChat(account)
  await doors().owner.query(
    "insert into template (account_id, channel_id, name, language, category, components) values ($1, $2, 'oferta', 'es', 'marketing', '{}')",
    [account.id, account.channelId],
  )
  const out = (kind: string) =>
    account.entry({
      ...{
        op: 'out',
        chatId,
        kind,
        text: 'x',
        author: { kind: 'person', id: account.personId },
        token: randomUUID(),
        bodyHash: 'h',
      },
      ...(kind === 'template' ? { extra: { template: { name: 'oferta', language: 'es', params: [] } } } : {}),
    })
  const [template, text] = [out('template'), out('text')]
  await account.ingest(template, text)
  const blocked = async (entry: Record<string, unknown>) =>
    (await doors().app.query('select send_blocked($1, $2) as code', [account.id, entry['messageId']])).rows[0].code
  expect(await blocked(template)).toBeNull()
  const stop = {
    op: 'consent',
    customer: { phone: '593987654321' },
    purpose: 'marketing',
    state: 'out',
    how: 'stop',
    fingerprint: 'f2',
  }
  await account.ingest(account.entry(stop))
  expect(await blocked(template)).toBe('marketing_stopped')
  await account.ingest(account.entry({ text: 'BAJA' }))
  expect(await blocked(template)).toBe('opted_out')
  expect(await blocked(text)).toBeNull()
})

test('a person writes down a no, a file brings many, and the list shows what holds', async () => {
  const account = await anAccount()
  const { chatId, contactId } = await aChat(account, { profileName: 'Rosa Huamán' })
  const told = Told.parse(await account.api('api_consent_set', { contactId, purpose: 'all', state: 'out', how: 'por teléfono' }))
  expect(told.chats.map(({ id }) => id)).toEqual([chatId])
  expect(told.seen).toMatchObject({
    state: 'out',
    source: 'person',
    by: 'Ana',
    channelId: null,
    contact: { name: 'Rosa Huamán' },
  })
  const rows = [
    { n: 0, phone: '593987654321', name: 'Rosa', why: null },
    { n: 1, phone: '593988000001', name: 'Luis', why: null },
    { n: 2, phone: '593988000001', name: '', why: null },
    { n: 3, phone: null, name: '', why: 'phone_invalid' },
  ]
  const file = { fileName: 'bajas.csv', purpose: 'all', state: 'out', how: 'lista de la web', rows }
  const Said = z.object({ seen: z.object({ counts: z.record(z.string(), z.number()) }) })
  const imported = async (dryRun: boolean) =>
    Said.parse(await account.api('api_consents_import', { ...file, dryRun })).seen.counts
  expect(await imported(true)).toEqual({ same: 1, written: 1, refused: 2 })
  expect(Words.parse(await account.api('api_consents', {})).items).toHaveLength(1)
  expect(await imported(false)).toEqual({ same: 1, written: 1, refused: 2 })
  expect(Words.parse(await account.api('api_consents', { state: 'out' })).items.map(({ source }) => source)).toEqual([
    'import',
    'person',
  ])
  expect(Words.parse(await account.api('api_consents', { q: 'huaman' })).items).toHaveLength(1)
  expect(Words.parse(await account.api('api_consents', { state: 'in' })).items).toEqual([])
})

test('nobody changes what was said, and of two contacts that become one the latest word holds', async () => {
  const account = await anAccount()
  const rosa = await aChat(account, { text: 'BAJA' })
  await expect(doors().owner.query("update consent set state = 'in' where contact_id = $1", [rosa.contactId])).rejects.toThrow(
    'a consent is history',
  )
  const other = await aChat(account, { customer: { bsuid: 'EC.1a2b' }, objectKey: 'b:EC.1a2b', text: 'ALTA' })
  await account.ingest(account.entry({ customer: { phone: '593987654321', bsuid: 'EC.1a2b' }, text: 'Soy la misma' }))
  const { consent, contact } = await chatOf(account, rosa.chatId)
  expect(other.contactId).not.toBe(rosa.contactId)
  expect(consent).toBeNull()
  expect((await historyOf(account, contact.id)).map(({ state, holds }) => [state, holds])).toEqual([
    ['in', true],
    ['out', false],
  ])
})
