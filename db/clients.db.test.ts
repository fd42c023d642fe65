/** What is kept of the company's own clients, and who sees it: CRM-48, CRM-73. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const field = (key: string, sensitive: boolean) => ({ key, label: key, path: key, kind: 'text', sensitive, editable: true })
const SETTINGS = {
  baseUrl: 'https://api.empresa.ec',
  fields: [field('titular', false), field('saldo', false), field('documento', true)],
}
/** Today: what is older than 30 days goes, in whatever test that is asked for. */
const NOW = new Date().toISOString()
const rosa = (changes: object = {}) => ({
  clientId: 'D-1',
  phone: '5930987654321',
  data: { titular: 'Rosa Huamán', saldo: 120.5, documento: '1701' },
  texts: { titular: 'Rosa Huamán', saldo: '$120,50', documento: '1701' },
  version: 'v1',
  readAt: NOW,
  ...changes,
})

/** A company whose client database is connected, with a chat of Rosa's that is the agent's. */
async function aConnected() {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId }))
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chatId, luis.id])
  await account.api('api_client_source_set', { settings: SETTINGS, sealed: 'v1.sealed' })
  await account.api('api_clients_keep', { rows: [rosa()] })
  const { rows } = await doors().owner.query('select contact_id from chat where id = $1', [chatId])
  return { account, luis, chatId, contactId: String(rows[0].contact_id) }
}

const fill = async (account: AnAccount, chatId: string) => {
  const reply = await account.api('api_quick_reply_add', { shortcut: randomUUID(), name: 'Deuda', text: '{saldo} {documento}' })
  return { chatId, quickReplyId: reply?.['id'] }
}

test('a client is found by their contact, whatever way the number is written; what is sensitive is masked by role', async () => {
  const { account, luis, contactId } = await aConnected()
  expect(await account.api('api_client_cached', { contactId })).toMatchObject({
    items: [
      {
        clientId: 'D-1',
        version: 'v1',
        values: { documento: { text: '1701', value: '1701' }, saldo: { text: '$120,50', value: 120.5 } },
      },
    ],
  })
  expect(await luis.api('api_client_cached', { contactId }, 'clients.read')).toMatchObject({
    items: [{ values: { documento: { text: '•••', value: null }, saldo: { text: '$120,50' } } }],
    fields: [{ key: 'titular', editable: false }, { editable: false }, { key: 'documento', sensitive: true, editable: false }],
  })
})

test('a quick reply is no way around a mask: what one may not see is missing', async () => {
  const { account, luis, chatId } = await aConnected()
  const args = await fill(account, chatId)
  expect(await account.api('api_quick_reply_fill', args)).toMatchObject({
    client: { values: { documento: '1701' }, at: NOW },
  })
  const theirs = await luis.api('api_quick_reply_fill', args)
  expect(theirs).toMatchObject({ client: { values: { saldo: '$120,50' } } })
  expect(JSON.stringify(theirs)).not.toContain('1701')
  await doors().owner.query(`update role set changes = '{"clients.read":null}' where id = $1`, [luis.roleId])
  expect(await luis.api('api_quick_reply_fill', args)).toMatchObject({ client: {} })
})

test('an older reading never replaces a newer one', async () => {
  const { account, contactId } = await aConnected()
  await account.api('api_clients_keep', {
    rows: [rosa({ texts: { saldo: 'viejo' }, readAt: new Date(Date.parse(NOW) - 3_600_000).toISOString() })],
  })
  expect(await account.api('api_client_cached', { contactId })).toMatchObject({
    items: [{ values: { saldo: { text: '$120,50' } } }],
  })
})

test('the secret stays when settings change, is never told, and what was read of another database is not shown', async () => {
  const { account, contactId } = await aConnected()
  await account.api('api_client_source_set', { settings: { ...SETTINGS, baseUrl: 'https://otra.empresa.ec' } })
  const { source } = (await account.api('api_client_source', {})) ?? {}
  expect(source).toMatchObject({ baseUrl: 'https://otra.empresa.ec', hasSecret: true, rev: 2 })
  expect(JSON.stringify(source)).not.toContain('sealed')
  expect(await account.api('api_client_cached', { contactId })).toMatchObject({ items: [] })
})

test('what has not been read for 30 days is not kept', async () => {
  const { account, contactId } = await aConnected()
  await account.api('api_clients_keep', {
    rows: [rosa({ clientId: 'D-2', phone: '593900000005', readAt: '2020-01-01T00:00:00.000Z' })],
  })
  await account.api('api_clients_keep', { rows: [rosa({ readAt: new Date().toISOString() })] })
  await doors().owner.query('select retention()')
  const { rows } = await doors().owner.query('select client_id from client_record where account_id = $1', [account.id])
  expect(rows).toEqual([{ client_id: 'D-1' }])
  expect(await account.api('api_client_cached', { contactId })).toMatchObject({ items: [{ clientId: 'D-1' }] })
})

test('another company has neither the connection nor the clients', async () => {
  const { contactId, chatId } = await aConnected()
  const stranger = await anAccount()
  expect(await stranger.api('api_client_inner', { contactId })).toBeNull()
  expect(await stranger.api('api_client_inner', { chatId })).toBeNull()
  expect(await stranger.api('api_clients_cached', {})).toMatchObject({ items: [] })
  expect(await stranger.api('api_client_source_inner', {})).toEqual({ source: null })
})
