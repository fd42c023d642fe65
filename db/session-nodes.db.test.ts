/** Programs of a company's own, where numbers run, and keys that are put back: db/functions/195, 196. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Node = z.object({ id: z.string(), name: z.string(), revokedAt: z.nullable(z.string()), numbers: z.number() })
const sql = (text: string, ...params: unknown[]) => doors().owner.query(text, params)
const hash = (token: string) => createHash('sha256').update(token).digest('hex')
const refusal = (code: string) => expect.objectContaining({ message: code })

async function aNode(account: AnAccount, name = 'PC de la oficina', token = randomUUID()) {
  return Node.parse(await account.api('api_session_node_add', { id: randomUUID(), name, hash: hash(token) }))
}

async function aSessionNumber(account: AnAccount, phone = ''): Promise<string> {
  const id = randomUUID()
  await sql(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'session', 'Cuenca', $3, $4, $5, '')",
    ...[id, account.id, id, phone, phone || id],
  )
  return id
}

const audited = async (account: AnAccount) =>
  (await sql('select action from audit where account_id = $1 order by n', account.id)).rows.map(({ action }) => action)

test('a program is let in by the hash of its token until its access is taken away, which is written down', async () => {
  const account = await anAccount()
  const token = randomUUID()
  const node = await aNode(account, 'Bodega', token)
  const atDoor = async () => (await doors().app.query('select session_node_at_door($1) as node', [node.id])).rows[0]?.node
  expect(await atDoor()).toEqual({ accountId: account.id, name: 'Bodega', hash: hash(token) })
  expect(JSON.stringify(await account.api('api_session_nodes', {}))).not.toContain(hash(token))
  expect(Node.parse(await account.api('api_session_node_revoke', { nodeId: node.id })).revokedAt).not.toBeNull()
  expect(await atDoor()).toBeNull()
  expect((await audited(account)).slice(-2)).toEqual(['node.added', 'node.revoked'])
})

test('a number runs on a program of its own company only, and on none that has no access', async () => {
  const [mine, theirs] = [await anAccount(), await anAccount()]
  const [own, strange] = [await aNode(mine), await aNode(theirs)]
  const number = await aSessionNumber(mine)
  const place = (nodeId: string | null, channelId = number) => mine.api('api_session_place', { channelId, nodeId })
  expect(await place(strange.id)).toBeNull()
  expect(await place(own.id)).toEqual({ id: number })
  expect(await mine.api('api_session_nodes', {})).toMatchObject({ items: [{ id: own.id, numbers: 1 }], ours: 0 })
  expect(await theirs.api('api_session_nodes', {})).toMatchObject({ items: [{ id: strange.id, numbers: 0 }] })
  expect(await place(null)).toEqual({ id: number })
  // An official number is run by nobody.
  expect(await place(own.id, mine.channelId)).toBeNull()
  await mine.api('api_session_node_revoke', { nodeId: own.id })
  await expect(place(own.id)).rejects.toThrow(refusal('node_revoked'))
})

test('a company has at most twenty programs', async () => {
  const account = await anAccount()
  await sql(
    "insert into session_node (account_id, name, token_hash) select $1, 'PC ' || n, sha256(n::text::bytea) from generate_series(1, 20) n",
    account.id,
  )
  await expect(aNode(account)).rejects.toThrow(refusal('nodes_full'))
})

test('keys of a phone go on a new number or on its own, on no other and on none that is put away', async () => {
  const account = await anAccount()
  const phone = `5939${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`
  const put = (channelId: string, of = phone) =>
    account.api('api_session_import', { channelId, phone: of, facts: { live: false } })
  const [fresh, other] = [await aSessionNumber(account), await aSessionNumber(account, `${phone}1`)]
  await expect(put(other)).rejects.toThrow(refusal('backup_other_number'))
  expect(await put(fresh)).toMatchObject({ channel: { id: fresh, phone } })
  expect(await put(fresh)).toMatchObject({ channel: { id: fresh } })
  const twin = await aSessionNumber(account)
  await expect(put(twin)).rejects.toThrow(refusal('channel_taken'))
  await sql('update channel set archived_at = now() where id = $1', fresh)
  await expect(put(fresh)).rejects.toThrow(refusal('channel_archived'))
  expect(await put(twin)).toMatchObject({ channel: { id: twin, phone } })
  expect((await audited(account)).filter((action) => action === 'channel.imported')).toHaveLength(3)
  expect(await (await anAccount()).api('api_session_import', { channelId: twin, phone, facts: {} })).toBeNull()
})
