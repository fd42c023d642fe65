/** What goes on from one chat to another: only by whoever sees both, and nothing of what they do not see. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

/** A picture from a customer of its own, in a chat of this person. */
async function aPicture(
  account: AnAccount,
  assignee: string | null,
): Promise<{ chatId: string; messageId: string; mediaId: string }> {
  const [chatId, mediaId] = [randomUUID(), randomUUID()]
  const phone = `5939${chatId.replaceAll(/\D/g, '').padEnd(8, '1').slice(0, 8)}`
  const entry = account.entry({
    ...{ chatId, mediaId, kind: 'image', text: 'el recibo', customer: { phone }, objectKey: `p:${phone}` },
    media: { ref: 'r', mime: 'image/jpeg' },
  })
  await account.ingest(entry)
  await doors().owner.query("update media set state = 'ready', r2_key = 'k', size = 10 where id = $1", [mediaId])
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, assignee])
  return { chatId, mediaId, messageId: String(entry['messageId']) }
}

test('who sees both chats sends the file on by its name; who misses one of them learns nothing of it', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const [luis, eva] = [await aColleague(account, 'agent'), await aColleague(account, 'agent')]
  const [from, to] = [await aPicture(account, luis.id), await aPicture(account, luis.id)]
  const asked = { chatId: to.chatId, kind: 'image', mediaId: from.mediaId, forwardOf: from.messageId }
  expect(await luis.api('api_send_context', asked)).toMatchObject({
    forwarded: { direction: 'in', mediaId: from.mediaId },
    file: { id: from.mediaId, state: 'ready' },
  })

  // The chat that it comes from is another's now.
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [from.chatId, eva.id])
  expect(await luis.api('api_send_context', asked)).toMatchObject({ forwarded: null, file: null })
  // And who sees that one may not write into the other.
  expect(await eva.api('api_send_context', asked)).toBeNull()

  const elsewhere = await aPicture(stranger, null)
  expect(
    await account.api('api_send_context', { ...asked, forwardOf: elsewhere.messageId, mediaId: elsewhere.mediaId }),
  ).toMatchObject({
    forwarded: null,
    file: null,
  })
})

test('what was deleted does not go on', async () => {
  const account = await anAccount()
  const from = await aPicture(account, null)
  await doors().owner.query('update message set deleted_at = now() where id = $1', [from.messageId])
  expect(await account.api('api_send_context', { chatId: from.chatId, kind: 'text', forwardOf: from.messageId })).toMatchObject({
    forwarded: null,
  })
})

test('a chat tells each person how far they have read it', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const { chatId, messageId } = await aPicture(account, luis.id)
  const upto = () => luis.api('api_messages', { chatId }, 'chats.read')
  expect(await upto()).toMatchObject({ readUpto: null })
  // A customer's words have no status: what is said of them is yes or no all the same, or the Worker takes none of it.
  expect(await luis.api('api_message_read', { chatId, messageId }, 'chats.read')).toMatchObject({ byRules: false, status: null })
  const [row] = (await doors().owner.query('select iso(at) as at from message where id = $1', [messageId])).rows
  expect(await upto()).toMatchObject({ readUpto: row?.at })
  expect(await account.api('api_messages', { chatId })).toMatchObject({ readUpto: null })
})
