import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

/** An agent who has no chat of theirs, and sees no queue. */
async function anAgent(account: AnAccount, name: string) {
  const { owner, app } = doors()
  const [id, token] = [randomUUID(), randomBytes(32)]
  await owner.query(
    `insert into person (id, account_id, email, name, role_id)
     select $1, $2, $3, $4, r.id from role r where r.account_id = $2 and r.base = 'agent' and not r.is_own`,
    [id, account.id, `${id}@test.example`, name],
  )
  await owner.query(
    "insert into session (account_id, person_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')",
    [account.id, id, token],
  )
  const api = async (fn: string, args: object) => {
    const { rows } = await app.query('select result from call_as($1, null, $2, $3)', [token, fn, JSON.stringify(args)])
    return rows[0].result === null ? null : JSON.parse(rows[0].result)
  }
  return { id, api }
}

async function aChat(account: AnAccount, assignee: string): Promise<string> {
  const chatId = randomUUID()
  await account.ingest(
    account.entry({
      chatId,
      profileName: 'Rosa',
      customer: { phone: String(593_000_000_000 + Math.floor(Math.random() * 1e9)) },
    }),
  )
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, assignee])
  return chatId
}

const note = (account: AnAccount, chatId: string, mentions: string[], id = randomUUID()) =>
  account.ingest(
    account.entry({
      ...{
        op: 'note',
        messageId: id,
        chatId,
        kind: 'text',
        text: 'Vea esto, @Luis',
        mentions,
        token: randomUUID(),
        bodyHash: 'h',
      },
      author: { kind: 'person', id: account.personId, name: 'Ana' },
    }),
  )

test('a note can name who sees its chat, and nobody else', async () => {
  const account = await anAccount()
  const [luis, eva] = [await anAgent(account, 'Luis'), await anAgent(account, 'Eva')]
  const chatId = await aChat(account, luis.id)
  const names = ((await account.api('api_mentionable', { chatId })) as { items: { name: string }[] }).items.map(
    ({ name }) => name,
  )
  expect(names).toEqual(['Luis'])
  const context = await account.api('api_note_context', { chatId, mentions: [luis.id, eva.id] })
  expect(context).toMatchObject({ chat: { id: chatId }, mentions: [{ id: luis.id, name: 'Luis' }] })
  expect(await eva.api('api_mentionable', { chatId })).toBeNull()
  // The caller's own sight stands as it was.
  expect(await account.api('api_chat', { chatId })).toMatchObject({ id: chatId })
})

test('who is named finds the note, once, until they have looked; others find nothing', async () => {
  const account = await anAccount()
  const [luis, eva] = [await anAgent(account, 'Luis'), await anAgent(account, 'Eva')]
  const chatId = await aChat(account, luis.id)
  const id = randomUUID()
  await note(account, chatId, [luis.id], id)
  await note(account, chatId, [luis.id], id)
  const mentions = await luis.api('api_mentions', {})
  expect(mentions).toMatchObject({
    unseen: 1,
    items: [{ chatId, messageId: id, by: 'Ana', contact: 'Rosa', text: 'Vea esto, @Luis', seenAt: null }],
  })
  expect(await eva.api('api_mentions', {})).toMatchObject({ unseen: 0, items: [] })
  expect(await eva.api('api_mentions_seen', { mentionIds: [mentions.items[0].id] })).toEqual({ unseen: 0 })
  expect(await luis.api('api_mentions', {})).toMatchObject({ unseen: 1 })
  expect(await luis.api('api_mentions_seen', {})).toEqual({ unseen: 0 })
  expect(await luis.api('api_mentions', {})).toMatchObject({ unseen: 0, items: [{ messageId: id }] })
})

test('who loses sight of the chat loses the mention with it', async () => {
  const account = await anAccount()
  const luis = await anAgent(account, 'Luis')
  const chatId = await aChat(account, luis.id)
  await note(account, chatId, [luis.id])
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, account.personId])
  expect(await luis.api('api_mentions', {})).toMatchObject({ unseen: 0, items: [] })
})
