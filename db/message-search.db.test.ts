/** What was said, found by words and by label, by whom it may be seen: requirements CRM-60, CRM-61, CRM-78. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Found = z.object({
  items: z.array(
    z.object({ chat: z.looseObject({ id: z.string() }), message: z.looseObject({ id: z.string(), text: z.string() }) }),
  ),
  next: z.nullable(z.string()),
})
const texts = (answer: unknown) => Found.parse(answer).items.map(({ message }) => message.text)
const find = async (account: AnAccount, q: string, more: object = {}) =>
  texts(await account.api('api_messages_found', { q, ...more }))

/** Each text from a customer of its own, in this order. */
async function said(account: AnAccount, ...all: string[]): Promise<string[]> {
  const chats: string[] = []
  for (const [i, text] of all.entries()) {
    const chatId = randomUUID()
    const phone = String(593_987_000_000 + i)
    await account.ingest(account.entry({ chatId, text, customer: { phone }, objectKey: `p:${phone}` }))
    chats.push(chatId)
  }
  return chats
}

test('words, their beginnings, without accents and in any order find a message, newest first, with its chat', async () => {
  const account = await anAccount()
  const [first] = await said(account, 'Mañana hago el depósito de $1.250,50', 'Ya deposité', 'Buenos días')
  expect(await find(account, 'DEPOSIT')).toEqual(['Ya deposité', 'Mañana hago el depósito de $1.250,50'])
  expect(await find(account, 'deposito manana')).toEqual(['Mañana hago el depósito de $1.250,50'])
  expect(await find(account, '1.250')).toEqual(['Mañana hago el depósito de $1.250,50'])
  expect(Found.parse(await account.api('api_messages_found', { q: 'mañana' })).items[0]?.chat.id).toBe(first)
})

test.each(['', '   ', '%', "'; drop table message; --", '\\', "''':*", '& | !', '😀', '_', '!!!', '<->'])(
  '%j finds nothing and breaks nothing',
  async (q) => {
    const account = await anAccount()
    await said(account, 'Hola')
    expect(await find(account, q)).toEqual([])
  },
)

test('a message that was deleted is not found by what it said', async () => {
  const account = await anAccount()
  const hola = account.entry({ text: 'Me arrepiento' })
  await account.ingest(hola)
  expect(await find(account, 'arrepiento')).toHaveLength(1)
  await account.ingest(account.entry({ op: 'revoke', target: hola['providerId'] }))
  expect(await find(account, 'arrepiento')).toEqual([])
})

test('only what one may see is found, by the same filters as the list', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const agent = await aColleague(account, 'agent')
  const [mine, theirs] = await said(account, 'Convenio uno', 'Convenio dos')
  const give = (chatId: string | undefined, personId: string) =>
    doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, personId])
  await give(mine, agent.id)
  await give(theirs, account.personId)
  expect(texts(await agent.api('api_messages_found', { q: 'convenio' }, 'chats.read'))).toEqual(['Convenio uno'])
  expect(await find(account, 'convenio')).toHaveLength(2)
  expect(await find(account, 'convenio', { assignee: agent.id })).toEqual(['Convenio uno'])
  expect(await find(account, 'convenio', { state: 'closed' })).toEqual([])
  expect(await find(stranger, 'convenio')).toEqual([])
})

test('one chat alone is searched, and only by who sees it', async () => {
  const account = await anAccount()
  const agent = await aColleague(account, 'agent')
  const [mine, theirs] = await said(account, 'Convenio uno', 'Convenio dos')
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [theirs, account.personId])
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [mine, agent.id])
  expect(await find(account, 'convenio', { chat: theirs })).toEqual(['Convenio dos'])
  expect(await find(account, 'uno', { chat: theirs })).toEqual([])
  const asked = (chat: string | undefined) => agent.api('api_messages_found', { q: 'convenio', chat }, 'chats.read')
  expect(texts(await asked(mine))).toEqual(['Convenio uno'])
  expect(await asked(theirs)).toEqual({ items: [], next: null })
  expect(await asked(randomUUID())).toEqual({ items: [], next: null })
})

test('messages are found by their label, where the role sees it, alone and with words', async () => {
  const account = await anAccount()
  const supervisor = await aColleague(account, 'supervisor')
  const [one, two] = [account.entry({ text: 'Pago el viernes' }), account.entry({ text: 'Le llamo luego' })]
  await account.ingest(one, two)
  const label = async (fields: object) =>
    z.object({ label: z.looseObject({ id: z.string() }) }).parse(await account.api('api_label_add', { color: 'rio', ...fields }))
      .label.id
  const open = await label({ name: 'Promesa' })
  const secret = await label({ name: 'Reservada', roles: [(await aColleague(account, 'agent')).roleId] })
  for (const labelId of [open, secret]) {
    for (const { messageId } of [one, two]) await account.api('api_message_label_set', { messageId, labelId, on: true })
  }
  expect(texts(await account.api('api_messages_found', { label: secret }))).toEqual(['Le llamo luego', 'Pago el viernes'])
  expect(texts(await account.api('api_messages_found', { label: open, q: 'viern' }))).toEqual(['Pago el viernes'])
  expect(texts(await supervisor.api('api_messages_found', { label: open }))).toHaveLength(2)
  expect(await supervisor.api('api_messages_found', { label: secret })).toEqual({ items: [], next: null })
  expect(JSON.stringify(await supervisor.api('api_messages_found', { q: 'viernes' }))).not.toContain('Reservada')
})

/** As the seed of the bench does: many messages in one chat, a minute apart, oldest first. */
async function many(account: AnAccount, chatId: string, text: string, count: number): Promise<void> {
  await doors().owner.query(
    `insert into message (account_id, chat_id, channel_id, direction, kind, text, author_kind, at)
     select $1, $2, $3, 'in', 'text', replace($4, '#', n::text), 'contact', '2026-01-01'::timestamptz + n * interval '1 second' from generate_series(1, $5::int) n`,
    [account.id, chatId, account.channelId, text, count],
  )
}

test('a common word is found page by page, to the last one, for who sees everything and for who sees one chat', async () => {
  const account = await anAccount()
  const agent = await aColleague(account, 'agent')
  const [chatId] = await said(account, 'Hola')
  await many(account, chatId ?? '', 'frecuentísima #', 5_100)
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, agent.id])
  const ask = async (who: 'all' | 'own', cursor: string | null) => {
    const args = { q: 'frecuentisima', ...(cursor ? { cursor } : {}) }
    return Found.parse(
      await (who === 'all' ? account.api('api_messages_found', args) : agent.api('api_messages_found', args, 'chats.read')),
    )
  }
  for (const who of ['all', 'own'] as const) {
    const first = await ask(who, null)
    expect(first.items[0]?.message.text).toBe('frecuentísima 5100')
    const second = await ask(who, first.next)
    expect(second.items.map(({ message }) => message.text)).toEqual(
      Array.from({ length: 50 }, (_, i) => `frecuentísima ${5050 - i}`),
    )
  }
})

test('a word that is common elsewhere and rare lately is gone after, page by page, until it comes', async () => {
  const account = await anAccount()
  const [chatId] = await said(account, 'Hola')
  await many(account, chatId ?? '', 'antigua #', 5_100)
  await doors().owner.query("update message set at = at - interval '1 year' where chat_id = $1 and text like 'antigua%'", [
    chatId,
  ])
  await many(account, chatId ?? '', 'otra cosa #', 20_500)
  const first = Found.parse(await account.api('api_messages_found', { q: 'antigua' }))
  const second = Found.parse(await account.api('api_messages_found', { q: 'antigua', cursor: first.next }))
  expect([...first.items, ...second.items].map(({ message }) => message.text)).toContain('antigua 5100')
}, 30_000)
