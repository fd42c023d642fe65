/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { codeOf, fromBase32 } from './totp.rules.ts'

const ORIGIN = 'http://app.test'
const PASSWORD = 'mula verde en la loma'
const Token = z.object({ token: z.string() })

/** Asks the API as somebody (a token) or nobody (null). Each caller has an address of its own, so that limits do not mix. */
async function ask(token: string | null, method: string, path: string, body?: unknown, address = crypto.randomUUID()) {
  const headers = {
    'cf-connecting-ip': address,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await SELF.fetch(`${ORIGIN}/api${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json: unknown = await answer.json()
  return { status: answer.status, json, headers: answer.headers }
}

const aCompany = () => ({
  company: 'Cobranzas del Sur',
  name: 'Ana Torres',
  email: `${crypto.randomUUID()}@test.example`,
  password: PASSWORD,
  country: 'EC',
  timeZone: 'America/Guayaquil',
  language: 'es',
})

async function anAdministrator() {
  const company = aCompany()
  const begun = await ask(null, 'POST', '/account', company)
  expect(begun.status).toBe(200)
  return { email: company.email, token: Token.parse(begun.json).token }
}

const signIn = (email: string, password: string, code?: string) =>
  ask(null, 'POST', '/session', { email, password, ...(code === undefined ? {} : { code }) })

async function signedIn(email: string, password = PASSWORD): Promise<string> {
  return Token.parse((await signIn(email, password)).json).token
}

/**
 * Switches the second factor on. `codeAt(n)`: the code n steps from now. That of now is spent, so the next one is to come in with: both are
 * still good when a step ends on their way.
 */
async function withTotp(token: string) {
  const { secret } = z
    .object({ secret: z.string() })
    .parse((await ask(token, 'POST', '/session/factors/totp', { password: PASSWORD })).json)
  const codeAt = (steps: number) => codeOf(fromBase32(secret), Math.floor(Date.now() / 30_000) + steps)
  const confirmed = await ask(token, 'PUT', '/session/factors/totp', { code: await codeAt(0) })
  const { recoveryCodes } = z.object({ recoveryCodes: z.array(z.string()) }).parse(confirmed.json)
  return { codeAt, recoveryCodes }
}

async function audited(token: string): Promise<string[]> {
  const { json } = await ask(token, 'GET', '/audit')
  return z
    .object({ items: z.array(z.object({ action: z.string() })) })
    .parse(json)
    .items.map(({ action }) => action)
}

test('a company begins: its first person is its administrator and signed in, by token and by cookie', async () => {
  const company = aCompany()
  const begun = await ask(null, 'POST', '/account', company)
  expect(begun).toMatchObject({ status: 200, json: { person: { name: 'Ana Torres', role: 'administrator' } } })
  expect(begun.headers.get('set-cookie')).toMatch(/^s=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
  const { token } = Token.parse(begun.json)
  expect((await ask(token, 'GET', '/session')).json).toMatchObject({
    account: { name: 'Cobranzas del Sur', timeZone: 'America/Guayaquil', country: 'EC' },
    person: { email: company.email, language: 'es' },
  })
  expect(await audited(token)).toEqual(['session.started', 'account.created'])
})

test('a taken e-mail, an unknown time zone and a common password begin no company', async () => {
  const { email } = await anAdministrator()
  const refusal = async (changes: object) => (await ask(null, 'POST', '/account', { ...aCompany(), ...changes })).json
  expect(await refusal({ email: email.toUpperCase() })).toMatchObject({ code: 'sign_up_refused' })
  expect(await refusal({ timeZone: 'America/Atlantis' })).toMatchObject({ code: 'time_zone_unknown' })
  expect(await refusal({ password: 'contraseña123' })).toMatchObject({ code: 'password_common' })
  expect(await refusal({ password: 'AnaTorres2024' })).toMatchObject({ code: 'password_common' })
})

test('after five companies an address has to wait', async () => {
  const { email } = await anAdministrator()
  const address = crypto.randomUUID()
  const again = () => ask(null, 'POST', '/account', { ...aCompany(), email }, address)
  for (let n = 0; n < 5; n += 1) expect((await again()).status).toBe(409)
  const refused = await again()
  expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_tries' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
})

test('a wrong password and an unknown e-mail are told the same, and the fifth failure has to wait', async () => {
  const { email, token } = await anAdministrator()
  const wrong = await signIn(email, 'no es esta clave')
  const unknown = await signIn(`${crypto.randomUUID()}@test.example`, 'no es esta clave')
  const { traceId: _, ...told } = z.looseObject({ traceId: z.string() }).parse(wrong.json)
  expect(unknown.json).toMatchObject(told)
  expect(unknown.status).toBe(wrong.status)
  for (let n = 0; n < 4; n += 1) await signIn(email, 'no es esta clave')
  expect((await signIn(email, PASSWORD)).json).toMatchObject({ code: 'too_many_tries' })
  // Written after the answer, so that an e-mail which exists is not told by its time.
  const refused = async () => (await audited(token)).filter((action) => action === 'session.refused')
  await expect.poll(refused, { timeout: 10_000 }).toHaveLength(5)
})

test('with a second factor the password alone is not enough, and no code works twice', async () => {
  const { email, token } = await anAdministrator()
  const other = await signedIn(email)
  const { codeAt, recoveryCodes } = await withTotp(token)
  expect(recoveryCodes).toHaveLength(10)
  expect((await ask(other, 'GET', '/session')).status).toBe(401)

  expect((await signIn(email, PASSWORD)).json).toMatchObject({ code: 'code_needed' })
  expect((await signIn(email, 'no es esta clave', await codeAt(1))).json).toMatchObject({ code: 'wrong_credentials' })
  expect((await signIn(email, PASSWORD, await codeAt(40))).json).toMatchObject({ code: 'code_wrong' })
  const code = await codeAt(1)
  expect((await signIn(email, PASSWORD, code)).status).toBe(200)
  expect((await signIn(email, PASSWORD, code)).json).toMatchObject({ code: 'code_wrong' })
  expect((await signIn(email, PASSWORD, await codeAt(0))).json).toMatchObject({ code: 'code_wrong' })
})

test('a recovery code opens once, in whatever way it is typed', async () => {
  const { email, token } = await anAdministrator()
  const [first = '', second = ''] = (await withTotp(token)).recoveryCodes
  expect((await signIn(email, PASSWORD, first.toLowerCase().replace('-', ' '))).status).toBe(200)
  expect((await signIn(email, PASSWORD, first)).json).toMatchObject({ code: 'code_wrong' })
  expect((await ask(token, 'GET', '/session/factors')).json).toMatchObject({ totp: true, recoveryCodesLeft: 9 })

  const removal = { password: PASSWORD, code: second }
  expect((await ask(token, 'POST', '/session/factors/totp/removal', { ...removal, code: first })).json).toMatchObject({
    code: 'code_wrong',
  })
  expect((await ask(token, 'POST', '/session/factors/totp/removal', removal)).status).toBe(200)
  expect((await ask(token, 'GET', '/session/factors')).json).toMatchObject({ totp: false, recoveryCodesLeft: 0 })
  expect((await signIn(email, PASSWORD)).status).toBe(200)
  await expect
    .poll(() => audited(token), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(['factor.added', 'factor.removed', 'session.refused']))
})

test('of four who come with the same code at once, one gets in', async () => {
  const { email, token } = await anAdministrator()
  const [code = ''] = (await withTotp(token)).recoveryCodes
  const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(email, PASSWORD, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a seed that counts is not replaced, and one that was never confirmed asks for nothing', async () => {
  const { email, token } = await anAdministrator()
  await ask(token, 'POST', '/session/factors/totp', { password: PASSWORD })
  expect((await signIn(email, PASSWORD)).status).toBe(200)
  expect((await ask(token, 'PUT', '/session/factors/totp', { code: '000000' })).json).toMatchObject({ code: 'code_wrong' })
  await withTotp(token)
  expect((await ask(token, 'POST', '/session/factors/totp', { password: PASSWORD })).json).toMatchObject({
    code: 'changed_meanwhile',
  })
  expect((await ask(token, 'POST', '/session/factors/totp', { password: 'no es esta' })).json).toMatchObject({
    code: 'wrong_credentials',
  })
})

/** Invites an agent; gives the token of the link. */
async function anInvitation(token: string, email: string) {
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string(), base: z.string() })) })
    .parse((await ask(token, 'GET', '/roles')).json)
  const roleId = items.find(({ base }) => base === 'agent')?.id
  const invited = await ask(token, 'POST', '/people', { name: 'Luis Mora', email, roleId })
  const { link, person } = z.object({ link: z.string(), person: z.object({ id: z.string() }) }).parse(invited.json)
  return { link: link.split('/').at(-1) ?? '', personId: person.id }
}

test('an invitation sets the password once, and says before whose it is', async () => {
  const { token } = await anAdministrator()
  const email = `${crypto.randomUUID()}@test.example`
  const { link } = await anInvitation(token, email)
  expect((await ask(null, 'GET', `/links/${link}`)).json).toMatchObject({
    kind: 'invitation',
    company: 'Cobranzas del Sur',
    name: 'Luis Mora',
    email,
  })
  expect((await ask(null, 'POST', `/links/${link}`, { password: 'LuisMora2025' })).json).toMatchObject({
    code: 'password_common',
  })
  const used = await ask(null, 'POST', `/links/${link}`, { password: PASSWORD })
  expect(used).toMatchObject({ status: 200, json: { person: { name: 'Luis Mora', role: 'agent' } } })
  expect((await ask(Token.parse(used.json).token, 'GET', '/session')).status).toBe(200)
  expect(await ask(null, 'POST', `/links/${link}`, { password: PASSWORD })).toMatchObject({
    status: 410,
    json: { code: 'link_spent' },
  })
  expect((await ask(null, 'GET', `/links/${link}`)).json).toMatchObject({ code: 'link_spent' })
  expect((await signIn(email, PASSWORD)).status).toBe(200)
})

test('a link for a new password still asks for the second factor, and ends every other session', async () => {
  const { token } = await anAdministrator()
  const email = `${crypto.randomUUID()}@test.example`
  const { link: first, personId } = await anInvitation(token, email)
  const theirs = Token.parse((await ask(null, 'POST', `/links/${first}`, { password: PASSWORD })).json).token
  const { codeAt } = await withTotp(theirs)

  const made = await ask(token, 'POST', `/people/${personId}/link`, {})
  const link = z.object({ link: z.string() }).parse(made.json).link.split('/').at(-1) ?? ''
  const next = 'cuatro gatos y un reloj'
  expect((await ask(null, 'POST', `/links/${link}`, { password: next })).json).toMatchObject({ code: 'code_needed' })
  expect((await ask(null, 'POST', `/links/${link}`, { password: next, code: await codeAt(40) })).json).toMatchObject({
    code: 'code_wrong',
  })
  expect((await ask(theirs, 'GET', '/session')).status).toBe(200)
  expect((await ask(null, 'POST', `/links/${link}`, { password: next, code: await codeAt(1) })).status).toBe(200)
  expect((await ask(theirs, 'GET', '/session')).status).toBe(401)
  expect((await signIn(email, PASSWORD)).json).toMatchObject({ code: 'wrong_credentials' })
})

test('who is deactivated has no link any more', async () => {
  const { token } = await anAdministrator()
  const { link, personId } = await anInvitation(token, `${crypto.randomUUID()}@test.example`)
  expect((await ask(token, 'PUT', `/people/${personId}/deactivation`, {})).status).toBe(200)
  expect((await ask(null, 'GET', `/links/${link}`)).json).toMatchObject({ code: 'link_spent' })
  expect((await ask(null, 'POST', `/links/${link}`, { password: PASSWORD })).json).toMatchObject({ code: 'link_spent' })
})

test('changing the password ends the other sessions and leaves this one', async () => {
  const { email, token } = await anAdministrator()
  const other = await signedIn(email)
  const next = 'cuatro gatos y un reloj'
  const change = (current: string, to: string) => ask(token, 'PUT', '/session/password', { current, next: to })
  expect((await change('no es esta', next)).json).toMatchObject({ code: 'wrong_credentials' })
  expect((await change(PASSWORD, 'AnaTorres2024')).json).toMatchObject({ code: 'password_common' })
  expect((await ask(other, 'GET', '/session')).status).toBe(200)
  expect((await change(PASSWORD, next)).status).toBe(200)
  expect((await ask(other, 'GET', '/session')).status).toBe(401)
  expect((await ask(token, 'GET', '/session')).status).toBe(200)
  expect((await signIn(email, PASSWORD)).status).toBe(401)
  expect(await audited(token)).toContain('password.changed')
})

test('devices: one by one, all others, never somebody else’s', async () => {
  const [ana, eva] = await Promise.all([anAdministrator(), anAdministrator()])
  const Devices = z.object({ items: z.array(z.object({ id: z.string(), isThis: z.boolean() })) })
  const devices = async (token: string) => Devices.parse((await ask(token, 'GET', '/session/devices')).json).items
  const [second, third] = [await signedIn(ana.email), await signedIn(ana.email)]
  expect(await devices(ana.token)).toHaveLength(3)
  const [foreign] = await devices(eva.token)
  expect((await ask(ana.token, 'DELETE', `/session/devices/${foreign?.id}`)).status).toBe(404)

  const its = (await devices(second)).find(({ isThis }) => isThis)
  expect((await ask(ana.token, 'DELETE', `/session/devices/${its?.id}`)).status).toBe(200)
  expect((await ask(second, 'GET', '/session')).status).toBe(401)
  expect((await ask(ana.token, 'DELETE', '/session/devices')).json).toEqual({ ended: 1 })
  expect((await ask(third, 'GET', '/session')).status).toBe(401)
  expect(await devices(ana.token)).toMatchObject([{ isThis: true }])
})

test('who signs out is out', async () => {
  const { token } = await anAdministrator()
  const out = await ask(token, 'DELETE', '/session')
  expect(out.json).toEqual({ done: true })
  expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect((await ask(token, 'GET', '/session')).status).toBe(401)
})
