import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

/** Runs one of the functions that stand before sign-in, as the Worker's role. */
async function ask(fn: string, ...args: unknown[]): Promise<unknown> {
  const { rows } = await doors().app.query(`select ${fn}(${args.map((_, n) => `$${n + 1}`).join(', ')}) as answer`, args)
  return rows[0].answer
}

const change = (personId: string, what: string) => doors().owner.query(`update person set ${what} where id = $1`, [personId])

/** A person with a link. `until`: an interval from now. */
async function aLink(until: string) {
  const account = await anAccount()
  const hash = randomBytes(32)
  await doors().owner.query(
    `insert into person_link (account_id, person_id, kind, token_hash, expires_at) values ($1, $2, 'reset', $3, now() + $4::interval)`,
    [account.id, account.personId, hash, until],
  )
  return { ...account, hash }
}

const use = (hash: Buffer, proof: object = {}) =>
  ask('link_use', hash, randomBytes(32), 'Firefox', [randomUUID()], JSON.stringify({ passwordHash: 'scrypt$new', ...proof }))

const start = (personId: string, proof: object, keys: string[] = [randomUUID()]) =>
  ask('session_start', personId, randomBytes(32), 'Firefox', keys, JSON.stringify({ way: 'password', ...proof }))

test('a link that is too old is as good as none', async () => {
  const { hash } = await aLink('-1 second')
  expect(await ask('link_read', hash)).toBeNull()
  expect(await use(hash)).toBe('link_spent')
})

test('of two who use a link at once, one does', async () => {
  const { hash } = await aLink('1 hour')
  expect((await Promise.all([use(hash), use(hash)])).toSorted()).toEqual(['link_spent', 'ok'])
})

test('somebody who is deactivated while their link is open is told that it is spent', async () => {
  const { hash, personId } = await aLink('1 hour')
  await change(personId, 'deactivated_at = now()')
  expect(await ask('link_read', hash)).toBeNull()
  expect(await use(hash)).toBe('link_spent')
})

test('a link without the second factor’s code stays as it was', async () => {
  const { hash, personId } = await aLink('1 hour')
  await change(personId, "totp_at = now(), totp_sealed = 's'")
  expect(await use(hash)).toBe('code_needed')
  expect(await use(hash, { coded: true })).toBe('code_wrong')
  expect(await ask('link_read', hash)).toMatchObject({ kind: 'reset', hasTotp: true })
  expect(await use(hash, { coded: true, step: 7 })).toBe('ok')
})

test('what changed while a password was being checked counts', async () => {
  const { personId } = await anAccount()
  await change(personId, "password_hash = 'scrypt$one'")
  expect(await start(personId, { passwordHash: 'scrypt$other' })).toBe('wrong_credentials')
  expect(await start(personId, { passwordHash: 'scrypt$one' })).toBe('ok')
  await change(personId, 'deactivated_at = now()')
  expect(await start(personId, { passwordHash: 'scrypt$one' })).toBe('wrong_credentials')
  expect(await ask('person_for_sign_in', `${personId}@test.example`)).toBeNull()
})

test('a right guess among many at once comes too late', async () => {
  const { personId } = await anAccount()
  await change(personId, "password_hash = 'scrypt$one'")
  const key: string = `email:${randomUUID()}`
  for (let n = 0; n < 5; n += 1) await ask('sign_in_failed', key, 5)
  expect(await start(personId, { passwordHash: 'scrypt$one' }, [key])).toBe('too_many_tries')
})

test('a password hashed with older parameters is stored anew with the sign-in', async () => {
  const { personId } = await anAccount()
  await change(personId, "password_hash = 'scrypt$old'")
  expect(await start(personId, { passwordHash: 'scrypt$old', rehashed: 'scrypt$new' })).toBe('ok')
  expect(await start(personId, { passwordHash: 'scrypt$old' })).toBe('wrong_credentials')
  expect(await start(personId, { passwordHash: 'scrypt$new' })).toBe('ok')
})

test('a step of an authenticator, and every one before it, is spent once it was taken', async () => {
  const { personId } = await anAccount()
  await change(personId, "password_hash = 'scrypt$one', totp_at = now(), totp_sealed = 's'")
  const withStep = (step: number) => start(personId, { passwordHash: 'scrypt$one', coded: true, step })
  expect((await Promise.all([withStep(100), withStep(100)])).toSorted()).toEqual(['code_wrong', 'ok'])
  expect(await withStep(99)).toBe('code_wrong')
  expect(await withStep(101)).toBe('ok')
})

test('a challenge lasts five minutes, is consumed once, and is only its maker’s', async () => {
  const { personId } = await anAccount()
  const id = await ask('passkey_challenge_add', null, 'abc')
  expect(await ask('passkey_challenge_take', id, personId)).toBeNull()
  expect(await ask('passkey_challenge_take', id, null)).toBe('abc')
  expect(await ask('passkey_challenge_take', id, null)).toBeNull()

  const own = await ask('passkey_challenge_add', personId, 'first')
  await ask('passkey_challenge_add', personId, 'second')
  expect(await ask('passkey_challenge_take', own, null)).toBeNull()
  expect(await ask('passkey_challenge_take', null, personId)).toBe('second')

  const old = await ask('passkey_challenge_add', null, 'old')
  await doors().owner.query("update passkey_challenge set expires_at = now() - interval '1 second' where id = $1", [old])
  expect(await ask('passkey_challenge_take', old, null)).toBeNull()
})

test('the Worker’s role reads neither challenges nor counted tries by itself', async () => {
  await expect(doors().app.query('select * from passkey_challenge')).rejects.toThrow('permission denied')
  await expect(doors().app.query('select * from sign_in_try')).rejects.toThrow('permission denied')
})
