/** Pictures that customers show: whose they are, who is told, and who may see them. */
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const ROSA = { phone: '593987000001', lid: '77001' }
const found = async (account: AnAccount, customer: object, photo: string | null) => {
  const { rows } = await doors().app.query('select session_photo($1, $2, $3) as found', [
    account.id,
    JSON.stringify(customer),
    photo,
  ])
  return rows[0].found
}

test('a picture stands beside the name of who shows it, gives way to the next one, and is gone when they show none', async () => {
  const account = await anAccount()
  await account.ingest(account.entry({ customer: ROSA, objectKey: `p:${ROSA.phone}` }))
  const first = await found(account, { lid: ROSA.lid }, 'foto1')
  expect(first).toMatchObject({ known: true, old: null, chats: [{ contact: { photo: 'foto1' } }] })
  const { id } = first.chats[0].contact
  expect(await account.api('api_contact_photo', { contactId: id })).toEqual({ key: `p/${account.id}/foto1` })
  expect(await account.api('api_contact', { contactId: id })).toMatchObject({ photo: 'foto1' })
  // The same again is told to nobody.
  expect(await found(account, ROSA, 'foto1')).toEqual({ known: true })
  expect(await found(account, ROSA, 'foto2')).toMatchObject({ old: 'foto1', chats: [{ contact: { photo: 'foto2' } }] })
  expect(await found(account, ROSA, null)).toMatchObject({ old: 'foto2', chats: [{ contact: { photo: null } }] })
  expect(await account.api('api_contact_photo', { contactId: id })).toBeNull()
})

test('of whom we do not know nothing is kept, and nobody of another company sees a picture', async () => {
  const account = await anAccount()
  expect(await found(account, { phone: '593987000077' }, 'foto')).toEqual({ known: false })
  await account.ingest(account.entry({ customer: ROSA, objectKey: `p:${ROSA.phone}` }))
  const { chats } = await found(account, ROSA, 'foto')
  const stranger = await anAccount()
  expect(await stranger.api('api_contact_photo', { contactId: chats[0].contact.id })).toBeNull()
})
