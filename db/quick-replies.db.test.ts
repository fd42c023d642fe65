/** For whom a quick reply is, and what is put into it: requirements CRM-42, CRM-67. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Listed = z.object({ items: z.array(z.object({ shortcut: z.string(), archived: z.boolean() })) })
const Reply = z.looseObject({ id: z.string(), shortcut: z.string(), rev: z.number() })

const add = async (account: AnAccount, fields: object) =>
  Reply.parse(await account.api('api_quick_reply_add', { name: 'Saludo', text: 'Hola', ...fields }))
const shortcuts = (answer: unknown) => Listed.parse(answer).items.map(({ shortcut }) => shortcut)

async function aDepartment(account: AnAccount, ...people: string[]): Promise<string> {
  const id = randomUUID()
  await doors().owner.query('insert into department (id, account_id, name) values ($1, $2, $3)', [id, account.id, id])
  for (const person of people) {
    await doors().owner.query('insert into department_person (account_id, department_id, person_id) values ($1, $2, $3)', [
      ...[account.id, id, person],
    ])
  }
  return id
}

test('a quick reply is offered to whom its role, departments and numbers name, and to nobody else', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const [his, other] = [await aDepartment(account, luis.id), await aDepartment(account)]
  const closed = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, access) values ($1, $2, 'meta', 'Cerrado', $3, '593900000009', $3, '', 'exclusive')",
    [closed, account.id, closed],
  )
  const supervisor = await aColleague(account, 'supervisor')
  await add(account, { shortcut: 'todos' })
  await add(account, { shortcut: 'rol', roles: [luis.roleId] })
  await add(account, { shortcut: 'otro-rol', roles: [supervisor.roleId] })
  await add(account, { shortcut: 'area', departments: [other, his] })
  await add(account, { shortcut: 'otra-area', departments: [other] })
  await add(account, { shortcut: 'numero', channels: [account.channelId] })
  await add(account, { shortcut: 'otro-numero', channels: [closed] })
  await add(account, { shortcut: 'rol-pero-no-area', roles: [luis.roleId], departments: [other] })
  expect(shortcuts(await luis.api('api_quick_replies', {})).toSorted()).toEqual(['area', 'numero', 'rol', 'todos'])
  await expect(luis.api('api_quick_replies', { all: 'true' })).rejects.toThrow('forbidden')
  expect(shortcuts(await account.api('api_quick_replies', { all: 'true' }))).toHaveLength(8)
})

test('another company sees none of them, changes none of them, and names nothing of ours', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const { id, rev } = await add(account, { shortcut: 'nuestra' })
  expect(shortcuts(await stranger.api('api_quick_replies', { all: 'true' }))).toEqual([])
  expect(await stranger.api('api_quick_reply_change', { quickReplyId: id, rev, name: 'Otra' })).toBeNull()
  const scope = { shortcut: 'x', name: 'X', text: 'x', channels: [account.channelId] }
  expect(await stranger.api('api_quick_reply_add', scope)).toBeNull()
})

test('a shortcut is one word in small letters and stands once; an archived one is free', async () => {
  const account = await anAccount()
  const first = await add(account, { shortcut: ' /Buenos Días ' })
  expect(first.shortcut).toBe('buenos-días')
  await expect(add(account, { shortcut: 'BUENOS-DÍAS' })).rejects.toThrow('shortcut_taken')
  await account.api('api_quick_reply_change', { quickReplyId: first.id, rev: first.rev, archived: true })
  expect(shortcuts(await account.api('api_quick_replies', {}))).toEqual([])
  await add(account, { shortcut: 'buenos-días' })
  const back = account.api('api_quick_reply_change', { quickReplyId: first.id, rev: first.rev + 1, archived: false })
  await expect(back).rejects.toThrow('shortcut_taken')
})

test('of two who change the same one, the later is told; each change is in the audit log', async () => {
  const account = await anAccount()
  const { id, rev } = await add(account, { shortcut: 'saldo', text: 'Debe {saldo}' })
  await account.api('api_quick_reply_change', { quickReplyId: id, rev, text: 'Su saldo es {saldo}' })
  await expect(account.api('api_quick_reply_change', { quickReplyId: id, rev, text: 'Otra' })).rejects.toThrow(
    'changed_meanwhile',
  )
  const { rows } = await doors().owner.query('select action, before, after from audit where account_id = $1 order by n', [
    account.id,
  ])
  expect(rows).toMatchObject([
    { action: 'quick_reply.added', before: null, after: { shortcut: '/saldo' } },
    { action: 'quick_reply.changed', before: { text: 'Debe {saldo}' }, after: { text: 'Su saldo es {saldo}' } },
  ])
})

test('a quick reply is filled with what is known; nothing is made up of the client database', async () => {
  const account = await anAccount()
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId, profileName: 'Rosa Huamán' }))
  const { id } = await add(account, { shortcut: 'saldo', text: 'Hola {cliente}: {saldo}', channels: [account.channelId] })
  expect(await account.api('api_quick_reply_fill', { chatId, quickReplyId: id })).toEqual({
    text: 'Hola {cliente}: {saldo}',
    client: {},
    values: { agente: 'Ana', cliente: 'Rosa Huamán', numero: '+593987654321', empresa: 'Prueba', canal: 'Ventas' },
  })
})

test('what is not for the caller, or not for the chat’s number, is not filled', async () => {
  const account = await anAccount()
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId }))
  const other = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Otro', $3, '593900000008', $3, '')",
    [other, account.id, other],
  )
  const elsewhere = await add(account, { shortcut: 'otro', channels: [other] })
  const archived = await add(account, { shortcut: 'vieja' })
  await account.api('api_quick_reply_change', { quickReplyId: archived.id, rev: archived.rev, archived: true })
  for (const { id } of [elsewhere, archived]) {
    expect(await account.api('api_quick_reply_fill', { chatId, quickReplyId: id })).toBeNull()
  }
  const stranger = await anAccount()
  const { id } = await add(stranger, { shortcut: 'suya' })
  expect(await stranger.api('api_quick_reply_fill', { chatId, quickReplyId: id })).toBeNull()
})

test('its file is read and sent by whom it is for; a file of others cannot be taken out through it', async () => {
  const account = await anAccount()
  const luis = await aColleague(account, 'agent')
  const file = async (personId: string) => {
    const { rows } = await doors().owner.query(
      "insert into media (account_id, mime, kind, state, person_id, size) values ($1, 'application/pdf', 'document', 'ready', $2, 9) returning id",
      [account.id, personId],
    )
    return String(rows[0].id)
  }
  const mediaId = await file(account.personId)
  expect(await luis.api('api_media', { mediaId }, 'chats.read')).toBeNull()
  await add(account, { shortcut: 'tarifas', text: '', mediaId })
  expect(await luis.api('api_media', { mediaId }, 'chats.read')).toMatchObject({ id: mediaId })
  await expect(add(account, { shortcut: 'robada', mediaId: await file(luis.id) })).rejects.toThrow('media_not_found')
  await expect(add(account, { shortcut: 'nada', text: '' })).rejects.toThrow('text_missing')
})
