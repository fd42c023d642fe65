/** What ends a session ends its socket as well: the password, a device, a factor, a link. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'
import { listen } from './listener.ts'

let company: Company
let admin: Who

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
})
afterAll(() => company?.close())

const NEXT = 'mula verde en la loma'
const signedOut = (online: Awaited<ReturnType<typeof listen>>) =>
  until('the phone is told that it is signed out', () => online.byes().includes('signed_out'), 20_000)

test('a device that is signed out hears it at once, and the one that did it stays', async () => {
  const [here, there] = [await company.signIn('agente'), await company.signIn('agente')]
  const [mine, other] = [await listen(company.demo.address, here), await listen(company.demo.address, there)]
  expect(await company.must(here.token, 'DELETE', '/api/session/devices')).toEqual({ ended: 1 })
  await signedOut(other)
  expect(mine.byes()).toEqual([])
  mine.close()
})

test('a new password signs the other devices out, by hand and by link', async () => {
  const [here, there] = [await company.signIn('agente2'), await company.signIn('agente2')]
  const [mine, other] = [await listen(company.demo.address, here), await listen(company.demo.address, there)]
  const current = company.personOf('agente2')?.password
  await company.must(here.token, 'PUT', '/api/session/password', { current, next: NEXT })
  await signedOut(other)
  expect(mine.byes()).toEqual([])

  const made = await company.must(admin.token, 'POST', `/api/people/${here.personId}/link`, {})
  const { link } = z.object({ link: z.string() }).parse(made)
  expect(link).toMatch(/\/enlace\/[\w-]{43}$/)
  await company.must(null, 'POST', `/api/links/${link.split('/').at(-1)}`, { password: 'cuatro gatos y un reloj' })
  await signedOut(mine)
})
