/** Named views of the list, one's own and the company's: CRM-61, CRM-80. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague, type AColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const View = z.object({ id: z.string(), name: z.string(), shared: z.boolean(), mine: z.boolean() })
const Views = z.object({ items: z.array(View) })

/** Runs the three verbs as somebody. */
const asOne = (who: AColleague | AnAccount) => {
  const ask = async (fn: string, args: Record<string, unknown>): Promise<unknown> =>
    'personId' in who ? who.api(fn, args) : who.api(fn, args, 'chats.read')
  return {
    list: async () => Views.parse(await ask('api_views', {})).items.map(({ name, mine }) => `${mine ? '' : 'company: '}${name}`),
    add: async (name: string, query: string, shared = false) => View.parse(await ask('api_view_add', { name, query, shared })),
    change: (viewId: string, fields: object) => ask('api_view_change', { viewId, ...fields }),
  }
}

test('what a supervisor shares is in everybody’s list, and only who may share changes it', async () => {
  const account = await anAccount()
  const [boss, agent] = [asOne(await aColleague(account, 'supervisor')), asOne(await aColleague(account, 'agent'))]
  await boss.add('Mía', 'waiting=yes')
  const { id } = await boss.add('Urgentes', 'state=pending', true)
  await agent.add('De hoy', 'state=new')
  expect(await boss.list()).toEqual(['Mía', 'Urgentes'])
  expect(await agent.list()).toEqual(['De hoy', 'company: Urgentes'])
  for (const fields of [{ name: 'Otra' }, { archived: true }, { shared: false }])
    await expect(agent.change(id, fields)).rejects.toThrow('forbidden')
  await expect(agent.add('Para todos', 'state=new', true)).rejects.toThrow('forbidden')

  await boss.change(id, { name: 'Muy urgentes' })
  expect(await agent.list()).toEqual(['De hoy', 'company: Muy urgentes'])
  await boss.change(id, { shared: false })
  expect(await agent.list()).toEqual(['De hoy'])
  expect(await agent.change(id, { name: 'Otra' })).toBeNull()
  await boss.change(id, { shared: true })
  await boss.change(id, { archived: true })
  expect(await agent.list()).toEqual(['De hoy'])
  const { rows } = await doors().owner.query(
    "select action from audit where account_id = $1 and object_kind = 'view' order by n",
    [account.id],
  )
  expect(rows.map(({ action }) => action)).toEqual(['view.shared', 'view.changed', 'view.changed', 'view.shared', 'view.changed'])
})

test('a view of another company does not exist', async () => {
  const [one, other] = [await anAccount(), await anAccount()]
  const { id } = await asOne(one).add('Urgentes', 'state=pending', true)
  expect(await asOne(other).list()).toEqual([])
  expect(await asOne(other).change(id, { name: 'Mía' })).toBeNull()
})

test('a view that names a label of other roles, or a closed number, is in no list of theirs', async () => {
  const account = await anAccount()
  const agent = asOne(await aColleague(account, 'agent'))
  const { rows } = await doors().owner.query("select id from role where account_id = $1 and base = 'administrator'", [account.id])
  const added = await account.api('api_label_add', { name: 'Legal', color: 'teja', roles: [rows[0].id] })
  const { label } = z.object({ label: z.object({ id: z.string() }) }).parse(added)
  const boss = asOne(account)
  const secret = await boss.add('Legal pendientes', `state=pending&label=${label.id}`, true)
  await boss.add('Ventas', `channel=${account.channelId}`, true)
  expect(await boss.list()).toEqual(['Legal pendientes', 'Ventas'])
  expect(await agent.list()).toEqual(['company: Ventas'])
  expect(await agent.change(secret.id, { name: 'x' })).toBeNull()
  await doors().owner.query("update channel set access = 'exclusive' where id = $1", [account.channelId])
  // As agents: a number that they are not assigned to.
  await doors().owner.query('insert into department (id, account_id, name) values ($1, $2, $3)', [
    randomUUID(),
    account.id,
    'Cobranzas',
  ])
  expect(await agent.list()).toEqual([])
})
