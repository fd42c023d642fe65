import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>

const TEXTS = {
  greeting: { on: true, text: 'Hola {cliente}, le saluda {empresa}.' },
  out_of_hours: { on: true, text: 'Volvemos el {apertura}.' },
  farewell: { on: true, text: 'Gracias. Le atendió {agente}.' },
}
const CLOSED = { since: '2026-11-20T23:00:00.000Z', until: '2026-11-23T13:00:00.000Z' }
const now = () => new Date().toISOString()

async function aTalkingNumber(texts: Partial<typeof TEXTS> = {}): Promise<AnAccount> {
  const account = await anAccount()
  await account.api('api_channel_texts_set', { channelId: account.channelId, rev: 0, texts: { ...TEXTS, ...texts } })
  return account
}

async function jobsOf(account: AnAccount): Promise<Row[]> {
  const { rows } = await doors().owner.query(
    "select id, ref from job where account_id = $1 and kind = 'automatic' order by created_at, id",
    [account.id],
  )
  return rows
}
const rulesOf = async (account: AnAccount) => (await jobsOf(account)).map(({ ref }) => (ref as Row)['rule'])

/** Does a job as inbox/automatic.ts does: what it would say, and the message as it is stored. */
async function sent(account: AnAccount, ref: unknown): Promise<{ context: Row; result: Row | undefined }> {
  const { rows } = await doors().app.query('select automatic_context($1, $2) as context', [account.id, JSON.stringify(ref)])
  const { id, chatId } = ref as Row
  const out = account.entry({
    op: 'out',
    at: now(),
    messageId: id,
    chatId,
    author: { kind: 'system' },
    token: randomUUID(),
    bodyHash: String(id),
    text: 'Hola',
  })
  const [result] = rows[0].context.skip === null ? await account.ingest(out) : []
  return { context: rows[0].context, result }
}

test('a new conversation is greeted once, however often the hook comes, and a reopened one again', async () => {
  const account = await aTalkingNumber()
  const hola = account.entry({ at: now(), profileName: 'Rosa' })
  const [first] = await account.ingest(hola, { ...account.entry({ at: now() }), providerId: hola['providerId'] })
  await account.ingest(hola, account.entry({ at: now(), text: '¿Hay alguien?' }))
  expect(first?.['jobs']).toHaveLength(1)
  expect(await rulesOf(account)).toEqual(['greeting'])
  const chatId = first?.['chatId']
  await account.api('api_chat_state', { chatId, state: 'closed' })
  await account.ingest(account.entry({ at: now() }), account.entry({ at: now() }))
  expect((await rulesOf(account)).filter((rule) => rule === 'greeting')).toHaveLength(2)
})

test('an automatic text is no answer: the chat goes on waiting, also when it fails, and is nobody’s', async () => {
  const account = await aTalkingNumber()
  const [first] = await account.ingest(account.entry({ at: now() }))
  const [job] = await jobsOf(account)
  const { context, result } = await sent(account, job?.['ref'])
  expect(context).toMatchObject({ skip: null, values: { canal: 'Ventas', empresa: 'Prueba' } })
  expect(result).toMatchObject({ inserted: true })
  const waiting = { state: 'new', unanswered: 1, assignee: null, waitingSince: expect.any(String) }
  expect(await account.api('api_chat', { chatId: first?.['chatId'] })).toMatchObject(waiting)
  await account.ingest(
    account.entry({
      op: 'outcome',
      messageId: job?.['id'],
      status: 'failed',
      code: 'x',
      attempts: 1,
      dead: false,
      stopsChannel: false,
    }),
  )
  expect(await account.api('api_chat', { chatId: first?.['chatId'] })).toMatchObject(waiting)
})

test('the same job done twice is one message', async () => {
  const account = await aTalkingNumber()
  await account.ingest(account.entry({ at: now() }))
  const [job] = await jobsOf(account)
  expect((await sent(account, job?.['ref'])).result).toMatchObject({ inserted: true })
  expect((await sent(account, job?.['ref'])).result).toMatchObject({ inserted: false, messageId: job?.['id'] })
})

test('out of hours is said once in a closed time, instead of the greeting, and again in the next one', async () => {
  const account = await aTalkingNumber()
  await account.ingest(account.entry({ at: now(), closed: CLOSED }), account.entry({ at: now(), closed: CLOSED }))
  await account.ingest(account.entry({ at: now(), closed: { ...CLOSED, since: '2026-11-23T23:00:00.000Z' } }))
  expect(await rulesOf(account)).toEqual(['out_of_hours', 'out_of_hours'])
  const [job] = await jobsOf(account)
  const { context } = await sent(account, job?.['ref'])
  // In the number's own time: Guayaquil, unless somebody says otherwise.
  expect(context['values']).toMatchObject({ apertura: '23/11 08:00' })
})

test('nobody is told that nobody is there while somebody is writing to them', async () => {
  const account = await aTalkingNumber()
  const [first] = await account.ingest(account.entry({ at: now(), closed: CLOSED }))
  await account.ingest(
    account.entry({
      op: 'out',
      at: now(),
      chatId: first?.['chatId'],
      author: { kind: 'person', id: account.personId },
      token: randomUUID(),
      bodyHash: 'h',
    }),
  )
  const [job] = await jobsOf(account)
  expect((await sent(account, job?.['ref'])).context).toMatchObject({ skip: 'automatic_answered' })
})

test('what was said long ago and comes late is left to people; a silent number says nothing', async () => {
  const account = await aTalkingNumber()
  await account.ingest(account.entry({ at: new Date(Date.now() - 3_600_000).toISOString() }))
  expect(await rulesOf(account)).toEqual([])
  const off = { on: false, text: 'Hola' }
  const silent = await aTalkingNumber({ greeting: off, out_of_hours: off })
  await silent.ingest(silent.entry({ at: now(), closed: CLOSED }))
  expect(await rulesOf(silent)).toEqual([])
})

test('a farewell follows the closing of a chat, names who closed it, and is dropped when it is taken back', async () => {
  const account = await aTalkingNumber({ greeting: { on: false, text: '' } })
  const [first] = await account.ingest(account.entry({ at: now() }))
  const chatId = first?.['chatId']
  const closed = await account.api('api_chat_state', { chatId, state: 'closed' })
  expect(closed?.['jobs']).toHaveLength(1)
  const [job] = await jobsOf(account)
  const { context, result } = await sent(account, job?.['ref'])
  expect(context).toMatchObject({ skip: null, words: TEXTS.farewell.text, values: { agente: 'Ana' } })
  expect(result).toMatchObject({ inserted: true })
  // The chat stays closed: a farewell opens nothing.
  expect(await account.api('api_chat', { chatId })).toMatchObject({ state: 'closed', unanswered: 0 })
  await account.api('api_chat_state', { chatId, state: 'open' })
  await account.api('api_chat_state', { chatId, state: 'closed' })
  await account.api('api_chat_state', { chatId, state: 'open' })
  const again = (await jobsOf(account)).find(({ id }) => id !== job?.['id'])
  expect((await sent(account, again?.['ref'])).context).toMatchObject({ skip: 'automatic_reopened' })
})

test('a department speaks for itself where it has something to say', async () => {
  const account = await aTalkingNumber()
  const { rows } = await doors().owner.query("insert into department (account_id, name) values ($1, 'Cobranzas') returning id", [
    account.id,
  ])
  const departmentId = rows[0].id
  await doors().owner.query('update channel set department_id = $1 where id = $2', [departmentId, account.channelId])
  const off = { on: false, text: '' }
  const texts = { greeting: { on: true, text: 'Cobranzas le saluda' }, out_of_hours: off, farewell: off }
  expect(await account.api('api_department_texts_set', { departmentId, rev: 0, texts })).toMatchObject({ rev: 1, texts })
  await account.ingest(account.entry({ at: now() }))
  const [job] = await jobsOf(account)
  expect((await sent(account, job?.['ref'])).context).toMatchObject({ words: 'Cobranzas le saluda' })
  await expect(account.api('api_department_texts_set', { departmentId, rev: 0, texts })).rejects.toThrow(/changed_meanwhile/)
})

test('settings of one number change no other', async () => {
  const account = await aTalkingNumber()
  const otherId = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Soporte', $3, '593900000001', $3, '')",
    [otherId, account.id, otherId],
  )
  const before = await account.api('api_channel_own', { channelId: otherId })
  const hours = {
    timeZone: 'America/Lima',
    week: [[], [], [], [], [], [], []],
    holidays: 'PE',
    worked: ['Santa Rosa de Lima'],
    exceptions: { '2026-12-24': [[540, 780]] },
  }
  expect(await account.api('api_channel_hours_set', { channelId: account.channelId, rev: 1, hours })).toMatchObject({
    rev: 2,
    hours,
    texts: TEXTS,
  })
  expect(await account.api('api_channel_own', { channelId: otherId })).toEqual(before)
  expect(before).toMatchObject({ rev: 0, texts: { greeting: { on: false, text: '' } } })
})
