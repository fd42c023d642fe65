/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { aPortal, knock, owner } from '../a-portal.ts'
import { pageIn } from '../frame.ts'

/** An employee in the frame of their portal, and the phone's own browser beside it. */
async function aPhone() {
  const portal = await aPortal()
  await portal.begin()
  const page = (await portal.open(1)).text
  const token = /"token":"([^"]+)"/.exec(page)?.[1] ?? ''
  const exit = (bearer = token) =>
    SELF.fetch('http://app.test/bitrix24/exit', { method: 'POST', headers: { authorization: `Bearer ${bearer}` } })
  const code = async () => {
    const { address } = z.object({ address: z.string(), until: z.string() }).parse(await (await exit()).json())
    return /\/bitrix24\/entry#([\w-]+)$/.exec(address)?.[1] ?? ''
  }
  const enter = async (given: string, more: object = {}, headers: Record<string, string> = {}) => {
    const response = await SELF.fetch('http://app.test/bitrix24/entry', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://app.test', ...headers },
      body: JSON.stringify({ code: given, isDirect: true, isSure: false, ...more }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? null
    return { status: response.status, cookie, json: z.record(z.string(), z.unknown()).parse(await response.json()) }
  }
  const me = async (cookie: string) => (await SELF.fetch('http://app.test/api/session', { headers: { cookie } })).status
  return { portal, token, exit, code, enter, me }
}

test('one tap in the frame is one session in the phone’s browser, written down; the code is good once and for a minute', async () => {
  const { portal, code, enter, me } = await aPhone()
  const first = await code()
  const entered = await enter(first)
  expect(entered).toMatchObject({ status: 200, json: { state: 'entered' }, cookie: expect.stringContaining('=') })
  expect(await me(entered.cookie ?? '')).toBe(200)
  expect(await enter(first)).toMatchObject({ json: { code: 'link_spent' }, cookie: null })
  const accountId = (await portal.row())?.['account_id']
  const said = await owner.query("select after from audit where account_id = $1 and after ->> 'way' = 'bitrix24_phone'", [
    accountId,
  ])
  expect(said).toHaveLength(1)

  // A newer code ends the older one; and a minute ends each.
  const [older, newer] = [await code(), await code()]
  expect((await enter(older)).json).toMatchObject({ code: 'link_spent' })
  await owner.query("update portal_exit set expires_at = now() - interval '1 second' where account_id = $1", [accountId])
  expect((await enter(newer)).json).toMatchObject({ code: 'link_spent' })

  // Who is signed in there already stays in the same session.
  expect(await enter(await code(), {}, { cookie: entered.cookie ?? '' })).toMatchObject({
    json: { state: 'entered' },
    cookie: null,
  })

  // The application leaves the portal: what came of it ends.
  await portal.does('uninstall', { clean: false })
  expect(await portal.bring('ONAPPUNINSTALL')).toBe(200)
  await expect.poll(() => me(entered.cookie ?? ''), { timeout: 10_000 }).toBe(401)
})

test('nobody becomes somebody else by a link: a foreign page’s is asked about, another’s session stays, and only a frame gives codes', async () => {
  const { code, enter, exit, me } = await aPhone()
  const given = await code()
  expect((await enter(given, { isDirect: false })).json).toMatchObject({ state: 'ask', name: expect.any(String) })
  const sure = await enter(given, { isDirect: false, isSure: true })
  expect(sure.json).toEqual({ state: 'entered' })

  const other = await aPhone()
  expect(await enter(await other.code(), { isSure: true }, { cookie: sure.cookie ?? '' })).toMatchObject({
    json: { state: 'taken' },
    cookie: null,
  })
  expect(await me(sure.cookie ?? '')).toBe(200)
  expect((await enter(await code(), {}, { origin: 'http://evil.test' })).json).toMatchObject({ code: 'origin_refused' })
  expect((await enter('x')).json).toMatchObject({ code: 'link_spent' })

  expect((await exit((sure.cookie ?? '').split('=')[1])).status).toBe(403)
  expect((await exit('nobody_nobody_nobody_nobody')).status).toBe(401)
})

test('the entry page asks where a link of somebody’s page leads to it, and names no code', async () => {
  const page = async (site?: string) =>
    (await SELF.fetch('http://app.test/bitrix24/entry', site === undefined ? {} : { headers: { 'sec-fetch-site': site } })).text()
  expect(await page('none')).toContain('"isDirect":true')
  expect(await page('cross-site')).toContain('"isDirect":false')
  expect(await page()).toContain('"isDirect":false')
})

test('a link in the portal leads to its page in the frame; anything else to the app as it begins', async () => {
  const { portal } = await aPhone()
  const chat = crypto.randomUUID()
  const handler = 'http://app.test/bitrix24/app'
  const frame = { userId: 1, placement: 'REST_APP_URI', options: { chat }, handler }
  const Frame = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })
  const made = z
    .union([z.looseObject({ frame: Frame }).transform((one) => one.frame), Frame])
    .parse(await portal.does('frame', frame))
  expect((await knock(made)).text).toContain(`"go":"/chats/${chat}"`)
  expect(pageIn('{"page":"settings"}')).toBe('/settings')
  for (const options of ['{"page":"//evil.test"}', '{"page":"constructor"}', '{"chat":"../x"}', '[]', 'x'])
    expect(pageIn(options)).toBeNull()
})
