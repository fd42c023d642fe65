/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, expect, test } from 'vitest'
import { aPortal, control } from './a-portal.ts'

afterEach(async () => {
  await control('PUT', '/clock', { aheadMs: 0 })
})

/** A portal in which our application is installed, by a company that began with it. */
async function installed() {
  const portal = await aPortal()
  await portal.begin()
  return portal
}

const profile = { method: 'profile', params: {}, priority: 'status', isRepeatable: true } as const

test('twenty calls under way with a token that has expired: one refresh, and every call is answered', async () => {
  const portal = await installed()
  const before = (await portal.got('/oauth/token/')).length
  await control('PUT', '/clock', { aheadMs: 3_700_000 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => portal.object().call(profile)))
  expect(answers.every((answer) => answer.ok)).toBe(true)
  expect((await portal.got('/oauth/token/')).length - before).toBe(1)
  expect(await portal.row()).toMatchObject({ state: 'active' })
})

test('a refresh that is not answered is asked again with the same token; what was in memory alone may die', async () => {
  const portal = await installed()
  await portal.settings({ refreshGraceS: 60 })
  await control('PUT', '/clock', { aheadMs: 3_700_000 })
  await control('POST', '/mischief', { where: 'oauth', what: '/oauth/token/', next: 1, dropAnswer: true, portal: portal.id })
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
  await abortAllDurableObjects()
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
})

test('when the one who connected it is dismissed, another administrator’s tokens go on; when nobody’s do, people are told', async () => {
  const portal = await installed()
  await portal.user(2, { admin: true })
  expect((await portal.open(2)).status).toBe(200)
  await portal.user(1, { active: false })
  await control('PUT', '/clock', { aheadMs: 3_700_000 })
  expect(await portal.object().call(profile)).toMatchObject({ ok: true, result: { ID: '2' } })
  expect(await portal.row()).toMatchObject({ state: 'active' })

  await portal.user(2, { active: false })
  await control('PUT', '/clock', { aheadMs: 7_400_000 })
  expect(await portal.object().call(profile)).toMatchObject({ ok: false, kind: 'token' })
  expect(await portal.row()).toMatchObject({ state: 'needs_reconnect', problem: 'invalid_grant' })

  // Somebody opens the application: that is how it is connected again.
  await portal.user(1, { active: true })
  expect((await portal.open(1)).status).toBe(200)
  expect(await portal.row()).toMatchObject({ state: 'active', problem: null })
})

test('a portal with another name is followed, and its name is kept', async () => {
  const portal = await installed()
  await portal.does('rename')
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
  const row = await portal.row()
  expect(row?.['domain']).not.toBe(portal.domain)
})

test('a portal that is closed, or blocks us, says so; a portal that is away is only away', async () => {
  const portal = await installed()
  await portal.settings({ isAway: true })
  expect(await portal.object().call({ ...profile, isRepeatable: false })).toMatchObject({ ok: false, kind: 'lost' })
  expect(await portal.row()).toMatchObject({ state: 'active' })
  await portal.settings({ isAway: false, isOverloaded: true })
  const blocked = await installed()
  await blocked.settings({ isOverloaded: true })
  expect(await blocked.object().call(profile)).toMatchObject({ ok: false, kind: 'later', code: 'portal_overloaded' })
  expect(await blocked.row()).toMatchObject({ state: 'overloaded' })
  const closed = await installed()
  await closed.settings({ isDeleted: true })
  expect(await closed.object().call(profile)).toMatchObject({ ok: false, kind: 'gone' })
  expect(await closed.row()).toMatchObject({ state: 'deleted', problem: 'PORTAL_DELETED' })
})

test('a term that is over is told, and when it was paid the portal is back', async () => {
  const portal = await installed()
  await portal.does('payment', { expired: true, daysLeft: -3 })
  await control('PUT', '/clock', { aheadMs: 3_700_000 })
  expect(await portal.object().call(profile)).toMatchObject({ ok: false, kind: 'unpaid' })
  expect(await portal.row()).toMatchObject({ state: 'payment_required' })
  await portal.does('payment', { expired: false, daysLeft: 30 })
  await portal.bring('ONAPPPAYMENT')
  await expect.poll(async () => (await portal.row())?.['state'], { timeout: 10_000 }).toBe('active')
})

test('an idle portal’s tokens are renewed long before they die', async () => {
  const portal = await installed()
  const before = (await portal.got('/oauth/token/')).length
  expect(await runDurableObjectAlarm(portal.object())).toBe(true)
  expect((await portal.got('/oauth/token/')).length).toBe(before)
  await runInDurableObject(
    portal.object(),
    (_, { storage }) => void storage.sql.exec('update admin set refreshed_at = refreshed_at - 2592000000'),
  )
  expect(await runDurableObjectAlarm(portal.object())).toBe(true)
  expect((await portal.got('/oauth/token/')).length).toBe(before + 1)
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
})
