import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

type Template = {
  id: string
  name: string
  status: string
  reason: string | null
  quality: string
  category: string
  rev: number
}
type Inner = { template: Template; providerId: string | null }

const CONTENT = {
  format: 'positional',
  header: null,
  body: 'Hola {{1}}.',
  examples: ['Rosa'],
  footer: null,
  buttons: [],
  unsupported: null,
}
const atProvider = (name: string, more: object = {}) => ({
  ...{ providerId: `p-${name}`, name, language: 'es', category: 'utility', status: 'approved', reason: null, quality: 'green' },
  content: CONTENT,
  ...more,
})

async function read({ id, channelId }: AnAccount, ...list: object[]): Promise<boolean> {
  const { rows } = await doors().app.query('select templates_read($1, $2, $3) as changed', [id, channelId, JSON.stringify(list)])
  return rows[0].changed
}
const draft = (account: AnAccount, more: object = {}) =>
  account.api('api_template_add', {
    ...{ channelId: account.channelId, name: 'aviso', language: 'es', category: 'utility', content: CONTENT },
    ...more,
  }) as Promise<Inner | null>
async function listed(account: AnAccount): Promise<Template[]> {
  return ((await account.api('api_templates', {})) as { items: Template[] }).items
}

test('what the provider has comes, changes and goes; a repeated reading changes nothing', async () => {
  const account = await anAccount()
  expect(await read(account, atProvider('a'), atProvider('b'))).toBe(true)
  expect(await read(account, atProvider('a'), atProvider('b'))).toBe(false)
  expect(await read(account, atProvider('a', { status: 'rejected', reason: 'SCAM' }))).toBe(true)
  expect(await listed(account)).toMatchObject([{ name: 'a', status: 'rejected', reason: 'SCAM' }])
  expect(await read(account, atProvider('a'), atProvider('b'))).toBe(true)
  expect(await listed(account)).toMatchObject([{ name: 'a', status: 'approved', reason: null }, { name: 'b' }])
})

test('a draft stays through every reading, and cannot be one of a name that is there', async () => {
  const account = await anAccount()
  await draft(account)
  await read(account, atProvider('otra'))
  expect(await listed(account)).toMatchObject([{ name: 'aviso', status: 'draft' }, { name: 'otra' }])
  await expect(draft(account)).rejects.toThrow('template_taken')
  await expect(draft(account, { name: 'otra' })).rejects.toThrow('template_taken')
})

test('a name that was given up may be taken again', async () => {
  const account = await anAccount()
  const { template } = (await draft(account)) ?? { template: { id: '' } }
  expect(await account.api('api_template_removed', { templateId: template.id, allLanguages: false })).toMatchObject({
    removed: 1,
  })
  expect(await listed(account)).toEqual([])
  expect(await draft(account)).toMatchObject({ template: { id: template.id, status: 'draft' } })
})

test('of two who change a draft, the later is told; what was handed in is not changed as a draft', async () => {
  const account = await anAccount()
  const { template } = (await draft(account)) ?? { template: { id: '', rev: 0 } }
  const change = (rev: number) =>
    account.api('api_template_change', { templateId: template.id, rev, content: { ...CONTENT, body: 'Hola.' } })
  await change(template.rev)
  await expect(change(template.rev)).rejects.toThrow('changed_meanwhile')
  const handedIn = { templateId: template.id, providerId: 'p-9', status: 'pending' }
  expect(await account.api('api_template_submitted', handedIn)).toMatchObject({
    providerId: 'p-9',
    template: { status: 'pending' },
  })
  await expect(change(template.rev + 2)).rejects.toThrow('changed_meanwhile')
})

test('news of the provider change a template at once, once, and ask for one reading', async () => {
  const account = await anAccount()
  await read(account, atProvider('a', { status: 'pending' }), atProvider('b'))
  const news = (fingerprint: string, template: object) =>
    account.ingest(account.entry({ op: 'news', field: 'f', level: 'info', raw: {}, fingerprint, template }))
  await news('1', { providerId: 'p-a', status: 'rejected', reason: 'INVALID_FORMAT' })
  await news('1', { providerId: 'p-a', status: 'approved' })
  await news('2', { name: 'b', language: 'es', quality: 'red' })
  await news('3', { providerId: 'unknown', status: 'approved' })
  expect(await listed(account)).toMatchObject([
    { name: 'a', status: 'rejected', reason: 'INVALID_FORMAT' },
    { name: 'b', status: 'approved', quality: 'red' },
  ])
  const { rows } = await doors().owner.query("select ref from job where account_id = $1 and kind = 'templates'", [account.id])
  expect(rows).toEqual([{ ref: { channelId: account.channelId } }])
  await news('4', { providerId: 'p-b', status: 'deleted' })
  expect(await listed(account)).toHaveLength(1)
})

test('a message finds the template of its own number only', async () => {
  const account = await anAccount()
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId }))
  await read(account, atProvider('a'))
  const find = (name: string) =>
    account.api('api_template_to_send', { chatId, name, language: 'es' }) as Promise<{ template: unknown }>
  expect((await find('a')).template).toMatchObject({ providerId: 'p-a', status: 'approved', content: { body: 'Hola {{1}}.' } })
  expect((await find('b')).template).toBeNull()
})

test('another company sees none of them and changes none of them', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const { template } = (await draft(account)) ?? { template: { id: '', rev: 0 } }
  const ids = { templateId: template.id, rev: template.rev, content: CONTENT, status: 'approved', channelId: account.channelId }
  for (const fn of [
    'api_template',
    'api_template_change',
    'api_template_submitted',
    'api_template_removed',
    'api_template_add',
  ]) {
    expect(await stranger.api(fn, { ...ids, name: 'x', language: 'es', category: 'utility' }), fn).toBeNull()
  }
  expect(await stranger.api('api_templates', { channel: account.channelId })).toEqual({ items: [], numbers: [] })
})
