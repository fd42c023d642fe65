/** Labels, and who finds them: requirements CRM-24, CRM-35, CRM-76 to CRM-80. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Labels = z.array(z.looseObject({ id: z.string(), name: z.string() }))
const Listed = z.object({ items: z.array(z.looseObject({ id: z.string(), labels: Labels })) })
const Added = z.object({ label: z.looseObject({ id: z.string(), rev: z.number(), roles: z.array(z.string()) }) })
const Told = z.object({
  chats: Listed.shape.items,
  messages: Listed.shape.items,
  seen: z.nullable(z.looseObject({ labels: Labels })),
})

const add = async (account: AnAccount, fields: object) =>
  Added.parse(await account.api('api_label_add', { name: 'Mora', color: 'mora', ...fields })).label

/** A chat with one message of its customer. */
async function aChat(account: AnAccount) {
  const [chatId, messageId] = [randomUUID(), randomUUID()]
  await account.ingest(account.entry({ chatId, messageId, profileName: 'Rosa Huamán' }))
  return { chatId, messageId }
}

test('a label is put on a chat and on a message, filters the list, and comes off again', async () => {
  const account = await anAccount()
  const { chatId, messageId } = await aChat(account)
  const { id: labelId } = await add(account, { description: 'Debe más de un mes' })
  const onChat = Told.parse(await account.api('api_chat_label_set', { chatId, labelId, on: true }))
  expect(onChat.seen?.labels).toEqual([{ id: labelId, name: 'Mora', color: 'mora', description: 'Debe más de un mes' }])
  const onMessage = Told.parse(await account.api('api_message_label_set', { messageId, labelId, on: true }))
  expect(onMessage.messages).toMatchObject([{ id: messageId, labels: [{ id: labelId }] }])
  expect(Listed.parse(await account.api('api_chats', { label: labelId })).items.map(({ id }) => id)).toEqual([chatId])
  expect(Listed.parse(await account.api('api_messages', { chatId })).items[0]?.labels).toHaveLength(1)
  const off = Told.parse(await account.api('api_chat_label_set', { chatId, labelId, on: false }))
  expect(off.seen?.labels).toEqual([])
  expect(Listed.parse(await account.api('api_chats', { label: labelId })).items).toEqual([])
})

test('put on twice it stands once, and only the first raises the revision', async () => {
  const account = await anAccount()
  const { chatId } = await aChat(account)
  const { id: labelId } = await add(account, {})
  const again = async (on: boolean) =>
    Told.parse(await account.api('api_chat_label_set', { chatId, labelId, on })).chats[0]?.['rev']
  const first = Number(await again(true))
  expect([await again(true), await again(false), await again(false), await again(true)]).toEqual([
    first,
    first + 1,
    first + 1,
    first + 2,
  ])
})

test('an inactive label stays where it is, is put on nothing more, can be taken off, and leaves its name free', async () => {
  const account = await anAccount()
  const [one, other] = [await aChat(account), randomUUID()]
  await account.ingest(account.entry({ chatId: other, objectKey: 'p:2', customer: { phone: '593987654322' } }))
  const { id: labelId, rev } = await add(account, {})
  await account.api('api_chat_label_set', { chatId: one.chatId, labelId, on: true })
  await account.api('api_label_change', { labelId, rev, archived: true })
  expect(Labels.parse((await account.api('api_chat', { chatId: one.chatId }))?.['labels'])).toHaveLength(1)
  await expect(account.api('api_chat_label_set', { chatId: other, labelId, on: true })).rejects.toThrow('label_inactive')
  await add(account, {})
  await expect(account.api('api_label_change', { labelId, rev: rev + 1, archived: false })).rejects.toThrow('name_taken')
  expect(Told.parse(await account.api('api_chat_label_set', { chatId: one.chatId, labelId, on: false })).seen?.labels).toEqual([])
})

test('two labels of one name are not made, and of two who change one the later is told; the audit log has both facts', async () => {
  const account = await anAccount()
  const { id: labelId, rev } = await add(account, {})
  await expect(add(account, { name: ' MORA '.trim() })).rejects.toThrow('name_taken')
  await account.api('api_label_change', { labelId, rev, name: 'Morosos', color: 'teja' })
  await expect(account.api('api_label_change', { labelId, rev, name: 'Otra' })).rejects.toThrow('changed_meanwhile')
  const { rows } = await doors().owner.query('select action, before, after from audit where account_id = $1 order by n', [
    account.id,
  ])
  expect(rows).toMatchObject([
    { action: 'label.added', after: { name: 'Mora' } },
    { action: 'label.changed', before: { name: 'Mora', color: 'mora' }, after: { name: 'Morosos', color: 'teja' } },
  ])
})

test('for a role that does not see it a label is nowhere: not on chat or message, not in lists, filters, names or the audit log', async () => {
  const account = await anAccount()
  const supervisor = await aColleague(account, 'supervisor')
  const { chatId, messageId } = await aChat(account)
  const { id: labelId, rev } = await add(account, { name: 'Reservada', roles: [(await aColleague(account, 'agent')).roleId] })
  const { id: open } = await add(account, { name: 'Abierta' })
  for (const id of [labelId, open]) {
    await account.api('api_chat_label_set', { chatId, labelId: id, on: true })
    await account.api('api_message_label_set', { messageId, labelId: id, on: true })
  }
  const seen = await Promise.all([
    ...[supervisor.api('api_chats', {}), supervisor.api('api_chat', { chatId }), supervisor.api('api_messages', { chatId })],
    ...[supervisor.api('api_chats', { q: 'rosa' }), supervisor.api('api_chats', { label: open })],
    ...[supervisor.api('api_labels', {}), supervisor.api('api_labels_managed', {}), supervisor.api('api_audit', {})],
    supervisor.api('api_chat_label_set', { chatId, labelId: open, on: true }, 'labels.use'),
  ])
  // What goes to the Desk is no answer: the route keeps it (e2e/people/leak-probe.test.ts).
  const answers = JSON.stringify(seen.map((one) => (one && typeof one === 'object' && 'seen' in one ? one.seen : one)))
  expect(answers).toContain('Abierta')
  expect(answers).not.toContain('Reservada')
  expect(answers).not.toContain(labelId)
  expect(await supervisor.api('api_chats', { label: labelId })).toEqual({ items: [], next: null })
  expect(await supervisor.api('api_chats', { label: labelId, q: 'rosa' })).toEqual({ items: [], next: null })
  for (const on of [true, false]) {
    expect(await supervisor.api('api_chat_label_set', { chatId, labelId, on }, 'labels.use')).toBeNull()
    expect(await supervisor.api('api_message_label_set', { messageId, labelId, on }, 'labels.use')).toBeNull()
  }
  expect(await supervisor.api('api_label_change', { labelId, rev, name: 'Mía' }, 'labels.manage')).toBeNull()
  // A name that is taken would tell of it.
  const own = Added.parse(await supervisor.api('api_label_add', { name: 'Reservada', color: 'rio' }, 'labels.manage'))
  expect(own.label.id).not.toBe(labelId)
})

test('whoever makes a label for others sees it themselves, and so does the administrator', async () => {
  const account = await anAccount()
  const [supervisor, agent] = [await aColleague(account, 'supervisor'), await aColleague(account, 'agent')]
  const fields = { name: 'Vigilar', color: 'teja', roles: [agent.roleId] }
  const { label } = Added.parse(await supervisor.api('api_label_add', fields, 'labels.manage'))
  expect(label.roles).toHaveLength(3)
  expect(label.roles).toEqual(expect.arrayContaining([agent.roleId, supervisor.roleId]))
  expect(JSON.stringify(await account.api('api_labels', {}))).toContain('Vigilar')
})

test('a label that a role comes to see comes to its phones with the chats and messages that carry it', async () => {
  const account = await anAccount()
  const supervisor = await aColleague(account, 'supervisor')
  const { chatId, messageId } = await aChat(account)
  const secret = await add(account, { name: 'Reservada', roles: [(await aColleague(account, 'agent')).roleId] })
  await account.api('api_chat_label_set', { chatId, labelId: secret.id, on: true })
  await account.api('api_message_label_set', { messageId, labelId: secret.id, on: true })
  const Rev = z.looseObject({ rev: z.number(), labels: Labels })
  const before = Rev.parse(await supervisor.api('api_chat', { chatId }))
  const told = await account.api('api_label_change', { labelId: secret.id, rev: secret.rev, roles: [] })
  expect(told).toMatchObject({
    chats: [{ id: chatId, labels: [{ roles: [] }] }],
    messages: [{ id: messageId }],
    facts: [{ chatId }],
  })
  const after = Rev.parse(await supervisor.api('api_chat', { chatId }))
  expect([before.labels.length, after.labels.length, after.rev - before.rev]).toEqual([0, 1, 1])
})

test('a key sees the labels of everybody and makes none for roles; another company sees, changes and puts on none', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const { chatId, messageId } = await aChat(account)
  const { id: labelId, rev, roles } = await add(account, {})
  expect(roles).toEqual([])
  expect(await stranger.api('api_labels', {})).toEqual({ items: [] })
  expect(await stranger.api('api_label_change', { labelId, rev, name: 'Mía' })).toBeNull()
  const { chatId: theirs } = await aChat(stranger)
  for (const id of [chatId, theirs])
    expect(await stranger.api('api_chat_label_set', { chatId: id, labelId, on: true })).toBeNull()
  expect(await stranger.api('api_message_label_set', { messageId, labelId, on: true })).toBeNull()
  const { roleId } = await aColleague(account, 'agent')
  expect(await stranger.api('api_label_add', { name: 'Otra', color: 'rio', roles: [roleId] })).toBeNull()
})

test('two chats that become one keep the labels of both', async () => {
  const account = await anAccount()
  const [first, second] = [randomUUID(), randomUUID()]
  await account.ingest(account.entry({ chatId: first, customer: { bsuid: 'EC.1' }, objectKey: 'b:1' }))
  await account.ingest(account.entry({ chatId: second, customer: { phone: '593987654321' }, objectKey: 'p:1' }))
  const labels = [await add(account, { name: 'Una' }), await add(account, { name: 'Dos' })]
  for (const [i, chatId] of [first, second].entries()) {
    await account.api('api_chat_label_set', { chatId, labelId: labels[i]?.id, on: true })
  }
  await account.ingest(account.entry({ customer: { phone: '593987654321', bsuid: 'EC.1' }, objectKey: 'p:1' }))
  const { items } = Listed.parse(await account.api('api_chats', {}))
  expect(items.map((chat) => chat.labels.map(({ name }) => name))).toEqual([['Dos', 'Una']])
})
