import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>

/** Runs a function that stands before sign-in, as the Worker's role. */
async function ask(fn: string, ...args: unknown[]): Promise<Row> {
  const { rows } = await doors().app.query(`select ${fn}(${args.map((_, n) => `$${n + 1}`).join(', ')}) as answer`, args)
  return rows[0].answer
}

const owner = async (text: string, ...values: unknown[]): Promise<Row[]> => (await doors().owner.query(text, values)).rows

const rosa = {
  userId: '31',
  name: 'Rosa Vera',
  language: 'es',
  timeZone: 'America/Lima',
  country: 'PE',
  facts: { license: 'la_pro100' },
}
const arrives = (memberId: string, more: object = {}) =>
  ask('portal_arrives', JSON.stringify({ memberId, domain: 'acme.bitrix24.es', ...rosa, ...more }))
const enters = (portalId: unknown, user: object = {}) =>
  ask(
    'portal_enters',
    portalId,
    JSON.stringify({ id: '31', name: 'Rosa Vera', isAdmin: true, language: 'es', ...user }),
    randomBytes(32),
    'Firefox',
  )

/** A portal with which a company began. */
async function aPortal() {
  const memberId = randomUUID()
  const { portalId, accountId } = await arrives(memberId, { begins: true })
  return { memberId, portalId: String(portalId), accountId: String(accountId) }
}

test('a portal that nobody knows waits until somebody says whose it is; then a company begins with its administrator', async () => {
  const memberId = randomUUID()
  expect(await arrives(memberId)).toEqual({ choose: true })
  const { portalId, accountId, isNew } = await arrives(memberId, { begins: true })
  expect(isNew).toBe(true)
  const [company] = await owner('select name, country, time_zone from account where id = $1', accountId)
  expect(company).toEqual({ name: 'acme.bitrix24.es', country: 'PE', time_zone: 'America/Lima' })
  const { personId } = await enters(portalId)
  expect(await enters(portalId)).toEqual({ personId, isBare: true })
  const [who] = await owner('select p.name, r.base from person p join role r on r.id = p.role_id where p.id = $1', personId)
  expect(who).toEqual({ name: 'Rosa Vera', base: 'administrator' })
  // Its page and its event come side by side.
  expect(await arrives(memberId, { begins: true })).toEqual({ portalId, accountId, isNew: false })
})

test('an employee whom nobody let in has no access, and is known for whoever gives it', async () => {
  const { portalId } = await aPortal()
  expect(await enters(portalId, { id: '77', name: 'Luis Paz', isAdmin: false })).toEqual({ refusal: 'no_access' })
  expect(await owner("select name, person_id from portal_person where portal_id = $1 and user_id = '77'", portalId)).toEqual([
    { name: 'Luis Paz', person_id: null },
  ])
})

test('a code joins the company of who made it, once, and whoever types it is that person', async () => {
  const account = await anAccount()
  const code = randomBytes(32)
  await owner(
    "insert into portal_code (account_id, person_id, code_hash, expires_at) values ($1, $2, $3, now() + interval '1 hour')",
    account.id,
    account.personId,
    code,
  )
  const joined = await arrives(randomUUID(), { code: code.toString('hex') })
  expect(joined).toMatchObject({ accountId: account.id, isNew: true })
  expect(await enters(joined['portalId'])).toEqual({ personId: account.personId, isBare: true })
  // Administrating the portal is no right in a company that was there before it.
  expect(await enters(joined['portalId'], { id: '32', name: 'Otro' })).toEqual({ refusal: 'no_access' })
  // Who may put the first number on an open line is led there; where one is, nobody is.
  const bind =
    "insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) values ($1, $2, $3, 'wab24_k3', 7, 'Ventas')"
  await owner(bind, account.id, joined['portalId'], account.channelId)
  expect(await enters(joined['portalId'])).toEqual({ personId: account.personId, isBare: false })
  expect(await arrives(randomUUID(), { code: code.toString('hex') })).toEqual({ refusal: 'link_spent' })
})

test('a local application belongs to who typed it, beside the marketplace’s in the same portal', async () => {
  const { memberId, portalId } = await aPortal()
  const account = await anAccount()
  const [app] = await owner(
    'insert into portal_app (account_id, client_id, sealed, made_by) values ($1, $2, $3, $4) returning id',
    account.id,
    randomUUID(),
    's',
    account.personId,
  )
  // It came by an event, which names nobody.
  const local = await arrives(memberId, { appId: app?.['id'], userId: null })
  expect(local).toMatchObject({ accountId: account.id, isNew: true })
  expect(local['portalId']).not.toBe(portalId)
  expect(await enters(local['portalId'])).toMatchObject({ personId: account.personId })
  expect(await arrives(randomUUID(), { appId: randomUUID() })).toEqual({ refusal: 'not_found' })
})

test('after it was taken out nobody comes in, thirty days later its employees are forgotten, and it can come back', async () => {
  const { memberId, portalId, accountId } = await aPortal()
  const { personId } = await enters(portalId)
  await ask('portal_leaves', portalId, false)
  expect(await owner('select 1 from session where person_id = $1 and revoked_at is null', personId)).toEqual([])
  expect(await enters(portalId)).toEqual({ refusal: 'not_found' })
  expect(await owner('select name from person where id = $1', personId)).toEqual([{ name: 'Rosa Vera' }])
  expect(await arrives(memberId)).toEqual({ portalId, accountId, isNew: false })
  expect(await enters(portalId)).toMatchObject({ personId })

  await ask('portal_leaves', portalId, false)
  await owner("update portal set wipe_at = now() - interval '1 second' where id = $1", portalId)
  await ask('portals_retention')
  expect(await owner('select name, deactivated_at is null as in from person where id = $1', personId)).toEqual([
    { name: 'Bitrix24', in: false },
  ])
  expect(await owner('select 1 from portal_person where portal_id = $1', portalId)).toEqual([])
  await arrives(memberId)
  expect(await enters(portalId)).not.toMatchObject({ personId })
})

test('CLEAN forgets at once', async () => {
  const { portalId } = await aPortal()
  const { personId } = await enters(portalId)
  await ask('portal_leaves', portalId, true)
  expect(await owner('select name from person where id = $1', personId)).toEqual([{ name: 'Bitrix24' }])
})

test('a portal that cannot be reached wakes the administrators once, and it is over when it can', async () => {
  const { portalId, accountId } = await aPortal()
  const stands = (state: string) =>
    ask(
      'portal_stands',
      portalId,
      state,
      state === 'active' ? null : 'invalid_grant',
      '{}',
      JSON.stringify({ name: 'Rosa', userId: '31' }),
    )
  await stands('needs_reconnect')
  await stands('needs_reconnect')
  const alarms = () =>
    owner("select over_at is null as open from alarm where account_id = $1 and kind = 'portal_disconnected'", accountId)
  expect(await alarms()).toEqual([{ open: true }])
  expect(await owner('select state, problem, connected_as from portal where id = $1', portalId)).toEqual([
    { state: 'needs_reconnect', problem: 'invalid_grant', connected_as: 'Rosa' },
  ])
  await stands('active')
  expect(await alarms()).toEqual([{ open: false }])
})

test('whoever comes in by a portal is an administrator like any other, and a frame that is left alone is soon worth nothing', async () => {
  const { portalId, accountId } = await aPortal()
  const hash = randomBytes(32)
  const user = JSON.stringify({ id: '31', name: 'Rosa Vera', isAdmin: true, language: 'es' })
  await ask('portal_enters', portalId, user, hash, 'Firefox')
  const called = async () =>
    (await doors().app.query("select me, result from call_as($1, 'people.read', 'api_people', '{}')", [hash])).rows[0]
  const { me, result } = await called()
  expect(me.account.id).toBe(accountId)
  expect(JSON.parse(result).items).toMatchObject([{ name: 'Rosa Vera', state: 'active' }])
  await owner("update session set last_seen_at = now() - interval '13 hours' where token_hash = $1", hash)
  expect((await called()).me).toBeNull()
})
