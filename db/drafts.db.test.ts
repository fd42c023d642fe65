import { afterAll, expect, test } from 'vitest'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, leave } from './local/an-account.ts'

afterAll(leave)

const words = (chatId: unknown, text: string, rev: number) => ({ chatId, text, note: '', replyTo: null, mentions: [], rev })

test('what is typed over an older writing is not kept, and the newer one is given; nobody else has either', async () => {
  const account = await anAccount()
  const [{ chatId } = {}] = await account.ingest(account.entry())
  expect(await account.api('api_save_draft', words(chatId, 'Buenos', 0))).toMatchObject({ saved: true, draft: { rev: 1 } })
  expect(await account.api('api_save_draft', words(chatId, 'Buenos días', 1))).toMatchObject({ saved: true, draft: { rev: 2 } })
  expect(await account.api('api_save_draft', words(chatId, 'Otra cosa', 1))).toMatchObject({
    saved: false,
    draft: { text: 'Buenos días', rev: 2, personId: account.personId },
    facts: null,
  })
  // A lost answer: the same words again are kept already.
  expect(await account.api('api_save_draft', words(chatId, 'Buenos días', 1))).toMatchObject({ saved: true, draft: { rev: 2 } })
  expect(await account.api('api_drafts', {})).toMatchObject({ items: [{ chatId, text: 'Buenos días' }] })
  const luis = await aColleague(account, 'supervisor')
  expect(await luis.api('api_drafts', {}, 'chats.read')).toEqual({ items: [] })
})

test('a chat that one does not see keeps no draft of theirs', async () => {
  const account = await anAccount()
  const [{ chatId } = {}] = await account.ingest(account.entry())
  const stranger = await anAccount()
  expect(await stranger.api('api_save_draft', words(chatId, 'Hola', 0))).toBeNull()
})
