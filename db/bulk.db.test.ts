/** The same done to several chats in one request: CRM-34, CRM-35, CRM-58. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Each = z.object({
  items: z.array(z.object({ chatId: z.string(), outcome: z.string() })),
  seen: z.array(z.looseObject({ id: z.string(), state: z.string(), unanswered: z.number() })),
  chats: z.array(z.looseObject({ id: z.string() })),
  messages: z.array(z.looseObject({ chatId: z.string() })),
  facts: z.array(z.looseObject({ chatId: z.string() })),
})

let customers = 0
/** A chat in which a customer waits. */
async function aChat(account: AnAccount): Promise<string> {
  customers += 1
  const chatId = randomUUID()
  const phone = `5939800${String(customers).padStart(5, '0')}`
  await account.ingest(account.entry({ chatId, objectKey: `p:${phone}`, customer: { phone } }))
  return chatId
}

async function give(chatId: string, personId: string): Promise<void> {
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, personId])
}

const outcomes = (told: unknown) => Each.parse(told).items.map(({ outcome }) => outcome)

test('each chat has its answer: done, so already, not to be done by this person, not there for them', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const { rows } = await doors().owner.query("select id from role where account_id = $1 and base = 'agent'", [account.id])
  // Sees everything, and closes only what is theirs.
  await doors().owner.query(`update role set changes = '{"chats.read":"all"}' where id = $1`, [rows[0].id])
  const [mine, closed, others] = [await aChat(account), await aChat(account), await aChat(account)]
  await give(mine, luis.id)
  await give(closed, luis.id)
  await give(others, account.personId)
  await account.api('api_chat_state', { chatId: closed, state: 'closed' })
  const stranger = await aChat(await anAccount())

  const told = await luis.api(
    'api_chats_state',
    { chatIds: [others, mine, stranger, closed, randomUUID()], state: 'closed' },
    'chats.close',
  )
  expect(outcomes(told)).toEqual(['forbidden', 'done', 'not_found', 'same', 'not_found'])
  const { seen, chats, messages, facts } = Each.parse(told)
  expect(seen).toMatchObject([{ id: mine, state: 'closed', unanswered: 0 }])
  // Phones hear of what has changed, and of nothing else.
  expect(chats.map(({ id }) => id)).toEqual([mine])
  expect(messages.map(({ chatId }) => chatId)).toEqual([mine])
  expect(facts.map(({ chatId }) => chatId)).toEqual([mine])
})

test('what is out of sight is answered as if it were nowhere, by every one of the four', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const hidden = await aChat(account)
  await give(hidden, account.personId)
  const label = z
    .object({ label: z.object({ id: z.string() }) })
    .parse(await account.api('api_label_add', { name: 'Mora', color: 'mora' }))
  const chatIds = [hidden]
  expect(outcomes(await luis.api('api_chats_label', { chatIds, labelId: label.label.id, on: true }, 'labels.use'))).toEqual([
    'not_found',
  ])
  expect(outcomes(await luis.api('api_chats_state', { chatIds, state: 'closed' }, 'chats.close'))).toEqual(['not_found'])
  expect(outcomes(await luis.api('api_chats_settle', { chatIds }, 'chats.close'))).toEqual(['not_found'])
  // An agent may not give chats away at all.
  expect(await luis.api('api_chats_assign', { chatIds, personId: luis.id }, 'chats.assign')).toBeNull()
  expect(await account.api('api_chat', { chatId: hidden })).toMatchObject({ state: 'new', unanswered: 1, labels: [] })
})

test('a label of another role is put on nothing, whatever chats are named with it', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const chatId = await aChat(account)
  const admin = await doors().owner.query("select id from role where account_id = $1 and base = 'administrator'", [account.id])
  const added = await account.api('api_label_add', { name: 'Legal', color: 'teja', roles: [admin.rows[0].id] })
  const { label } = z.object({ label: z.object({ id: z.string() }) }).parse(added)
  expect(await luis.api('api_chats_label', { chatIds: [chatId], labelId: label.id, on: true }, 'labels.use')).toBeNull()
  expect(outcomes(await account.api('api_chats_label', { chatIds: [chatId], labelId: label.id, on: true }))).toEqual(['done'])
  expect(await luis.api('api_chat', { chatId }, 'chats.read')).toMatchObject({ labels: [] })
  // What one may not see one does not take off either.
  expect(await luis.api('api_chats_label', { chatIds: [chatId], labelId: label.id, on: false }, 'labels.use')).toBeNull()
})

test('given away, a chat is told with where it stood, and whoever gave it sees it no more', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'supervisor')
  await doors().owner.query("insert into department (account_id, name) values ($1, 'Cobranzas')", [account.id])
  const [one, two] = [await aChat(account), await aChat(account)]
  const told = await luis.api('api_chats_assign', { chatIds: [one, two, one], personId: account.personId }, 'chats.assign')
  expect(outcomes(told)).toEqual(['done', 'done', 'done'])
  expect(Each.parse(told).seen).toEqual([])
  expect(Each.parse(told).messages).toHaveLength(2)
  const facts = Each.parse(told).facts.toSorted((a, b) => a.chatId.localeCompare(b.chatId))
  expect(facts).toMatchObject([one, two].toSorted().map((chatId) => ({ chatId, assigneeId: account.personId })))
  expect(await luis.api('api_chat', { chatId: one }, 'chats.read')).toBeNull()
})

test('no answer needed: who waited waits no more, who did not stays as it was', async () => {
  const account = await anAccount()
  const [waits, rests] = [await aChat(account), await aChat(account)]
  await account.api('api_chat_settle', { chatId: rests })
  const told = Each.parse(await account.api('api_chats_settle', { chatIds: [waits, rests] }))
  expect(told.items.map(({ outcome }) => outcome)).toEqual(['done', 'same'])
  expect(told.seen).toMatchObject([{ id: waits, state: 'waiting', unanswered: 0 }])
  // Closed and opened again, the customer's word is unanswered again, as with one chat.
  const chatIds = [waits, rests]
  await account.api('api_chats_state', { chatIds, state: 'closed' })
  const open = Each.parse(await account.api('api_chats_state', { chatIds, state: 'open' }))
  expect(open.seen.map(({ unanswered }) => unanswered)).toEqual([1, 1])
})
