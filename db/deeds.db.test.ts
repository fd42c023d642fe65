/** Requests that come twice, and decisions that somebody else has overtaken. Issue 5 part 2. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { overtaken, Seen, type Decision } from '#contract/deeds.ts'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Given = z.looseObject({
  seen: z.nullable(z.looseObject({ id: z.string(), state: z.string(), labels: z.array(z.looseObject({ id: z.string() })) })),
})
const Label = z.object({ label: z.looseObject({ id: z.string() }) })
const at = '2026-11-20T10:00:00.000Z'
const later = '2026-11-20T10:05:00.000Z'

async function aChat(account: AnAccount) {
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId, profileName: 'Rosa Huamán' }))
  return chatId
}

test('the same request again changes nothing and shows the chat as it is now', async () => {
  const account = await anAccount()
  const chatId = await aChat(account)
  const deed = randomUUID()
  const close = { chatId, state: 'closed' }
  expect(Given.parse(await account.api('api_chat_state', close, deed)).seen?.state).toBe('closed')
  await account.api('api_chat_state', { chatId, state: 'open' })
  const again = Given.parse(await account.api('api_chat_state', close, deed))
  expect(again.seen?.state).not.toBe('closed')
  expect(again).toMatchObject({ chats: [{ id: chatId }], facts: [{ chatId }], jobs: [] })
})

test('a label and a contact come again as they are by then', async () => {
  const account = await anAccount()
  const chatId = await aChat(account)
  const { id: labelId } = Label.parse(await account.api('api_label_add', { name: 'Mora', color: 'mora' })).label
  const [put, named] = [randomUUID(), randomUUID()]
  const label = { chatId, labelId, on: true }
  await account.api('api_chat_label_set', label, put)
  await account.api('api_chat_label_set', { ...label, on: false })
  expect(Given.parse(await account.api('api_chat_label_set', label, put)).seen?.labels).toEqual([])
  const [{ contact_id: contactId }] = (await doors().owner.query('select contact_id from chat where id = $1', [chatId])).rows
  const rename = { contactId, rev: 1, name: 'Rosa H.' }
  const first = await account.api('api_contact_change', rename, named)
  expect(await account.api('api_contact_change', rename, named)).toMatchObject({
    contact: { name: 'Rosa H.' },
    chats: [{ id: chatId }],
    forgets: [],
  })
  expect(first).toMatchObject({ contact: { name: 'Rosa H.' } })
  // Nothing of a customer is kept with a request.
  const { rows } = await doors().owner.query('select result from deed where id = $1', [named])
  expect(JSON.stringify(rows[0].result)).not.toContain('Rosa')
})

test('an id is for one request of one person, and what was refused may be asked again under it', async () => {
  const account = await anAccount()
  const chatId = await aChat(account)
  const [deed, refused] = [randomUUID(), randomUUID()]
  await account.api('api_chat_state', { chatId, state: 'closed' }, deed)
  await expect(account.api('api_chat_state', { chatId, state: 'open' }, deed)).rejects.toThrow('id_reused')
  const other = await aColleague(account, 'supervisor')
  await expect(other.api('api_chat_state', { chatId, state: 'closed' }, 'chats.close', deed)).rejects.toThrow('id_reused')
  const given = { chatId, personId: other.id }
  const never = { waitingSince: null, unanswered: 0, assigneeId: null }
  await account.api('api_chat_assign', { chatId, personId: account.personId })
  await expect(account.api('api_chat_assign', { ...given, seen: never }, refused)).rejects.toThrow('changed_meanwhile')
  expect(await account.api('api_chat_assign', given, refused)).toMatchObject({ seen: { id: chatId } })
})

test('who does not see a chat any more is shown nothing of it by the same request', async () => {
  const account = await anAccount()
  const chatId = await aChat(account)
  const agent = await aColleague(account, 'agent')
  await account.api('api_chat_assign', { chatId, personId: agent.id })
  const [deed, other] = [randomUUID(), await aColleague(account, 'agent')]
  const settle = { chatId }
  expect(await agent.api('api_chat_settle', settle, 'chats.close', deed)).toMatchObject({ seen: { id: chatId } })
  await account.api('api_chat_assign', { chatId, personId: other.id })
  expect(await agent.api('api_chat_settle', settle, 'chats.close', deed)).toMatchObject({ seen: null })
})

test('the database and the phone have one rule for what is overtaken', async () => {
  const [me, other] = [randomUUID(), randomUUID()]
  const stands: Seen[] = [null, at, later].flatMap((waitingSince) =>
    [1, 2].flatMap((unanswered) => [null, me, other].map((assigneeId) => Seen.parse({ waitingSince, unanswered, assigneeId }))),
  )
  const decisions: Decision[] = ['assign', 'close', 'settle', 'reopen']
  const cases = decisions.flatMap((what) => stands.flatMap((seen) => stands.map((now) => ({ what, seen, now }))))
  const { rows } = await doors().owner.query<{ is: boolean }>(
    `select is_overtaken(c ->> 'what', c -> 'seen', c -> 'now', $2) as is
     from jsonb_array_elements($1::jsonb) with ordinality x(c, n) order by n`,
    [JSON.stringify(cases), me],
  )
  expect(rows.map((row) => row.is)).toEqual(cases.map(({ what, seen, now }) => overtaken(what, seen, now, me)))
})
