/** Simulated portals for browser tests: their own pages, where one plays administrators and operators, and our page in their frame. */
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import * as z from 'zod'
import { asker } from '../scripts/asker.ts'
import type { DemoFile } from '../scripts/house.ts'
import { joinPortal } from '../scripts/join-portal.ts'
import { DEMO_B24_APP } from '../scripts/settings.ts'
import { personOf } from './demo.ts'
import type { Simulators } from './outside.ts'

export const Frame = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })
export const Framed = z.looseObject({ frame: Frame })
const Made = z.looseObject({ id: z.string(), domain: z.string() })
const Channel = z.looseObject({ id: z.string(), hookUrl: z.string() })
const OpenLine = z.looseObject({ line: z.number() })
const Portals = z.object({ items: z.array(z.looseObject({ id: z.string(), domain: z.string() })) })
const Tokens = z.looseObject({ access_token: z.string() })
const Rows = z.object({ items: z.array(z.record(z.string(), z.unknown())) })

/** A portal of its own: nobody meets another one's limits. Employee 1 administrates it, 2 answers. */
export async function aPortal(demo: DemoFile, name: string, employees = 4) {
  const control = asker(`${demo.simulators.control}/bitrix24`)
  const { id, domain } = Made.parse(await control('POST', '/portals', { name, employees }))
  const tell = (method: string, what: string, body: object = {}) =>
    control(method, `/portals/${id}/${what}`, { ...DEMO_B24_APP, ...body })
  return {
    ...{ id, domain, address: `http://${domain}/`, tell },
    /** Calls a method of the portal with our application's rights: what somebody else has done there, or an update. */
    async rest(method: string, params: object) {
      const { access_token: auth } = Tokens.parse(await tell('POST', 'tokens', { userId: 1 }))
      return asker(`http://${domain}/rest`)('POST', `/${method}`, { ...params, auth })
    },
    settings: (change: object) => control('PUT', `/portals/${id}/settings`, change),
    mischief: (change: object) => control('POST', '/mischief', { portal: id, ...change }),
    behaves: () => control('DELETE', `/mischief?portal=${id}`),
    rows: async (table: string, query = '') => Rows.parse(await control('GET', `/portals/${id}/rows/${table}${query}`)).items,
  }
}

/** What is open in the portal's menu or slider: the application's own page. */
export const frameIn = (of: Page | Locator): FrameLocator => of.frameLocator('iframe.app-frame')

/** Loads the application anew inside its frame, the last one of the page; what stood there is gone then. */
export async function reloadInside(page: Page): Promise<void> {
  const inner = page.frames().at(-1)
  const loaded = page.waitForEvent('framenavigated', (frame) => frame === inner)
  await inner?.evaluate(() => void setTimeout(() => location.reload()))
  await loaded
}

/** Goes somewhere in the portal; on a phone its menu is behind a button. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menú' })
  if (await menu.isVisible()) await menu.click()
  const link = page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: new RegExp(`^${name}`) })
  const href = (await link.getAttribute('href')) ?? ''
  // The page draws its menu anew with whatever happens in the portal: a tap may fall on a link that is gone.
  await expect(async () => {
    if (!page.url().endsWith(href)) await link.click({ timeout: 2_000 })
    expect(page.url().endsWith(href)).toBe(true)
  }).toPass()
}

/** Who plays here: an employee by their number. */
export async function playAs(page: Page, employee: string): Promise<void> {
  await page.getByLabel('Usted es').selectOption(employee)
}

/** A page around ours that is not the portal's: it posts the portal's form into an iframe, as Bitrix24 does. */
export async function openIn(page: Page, domain: string, { action, fields }: z.infer<typeof Frame>): Promise<void> {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value='${value.replaceAll("'", '&#39;')}'>`,
  )
  const body = `<!doctype html><meta name="viewport" content="width=device-width"><title>Bitrix24</title><iframe name="app" style="border:0;width:100%;height:96vh"></iframe>
    <form method="post" target="app" action="${action.replaceAll('&', '&amp;')}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`
  // A page that the browser has from nowhere may not open one of this machine.
  await page.goto(`http://${domain}/rest/`)
  await page.setContent(body)
}

/** A portal that the demo's administrator has joined, with a code, as the installer's page asks for it. */
export async function aJoinedPortal(demo: DemoFile, name: string) {
  const portal = await aPortal(demo, name, 3)
  const { email, password } = personOf(demo, 'administrator')
  const anyone = asker(demo.address)
  const { token } = z.looseObject({ token: z.string() }).parse(await anyone('POST', '/api/session', { email, password }))
  const asAdministrator = asker(demo.address, token)
  const api = asker(`${demo.address}/api`, token)
  await joinPortal({ control: asker(demo.simulators.control), api, anyone }, portal.id)
  const item = async (typeId: number, title: string, phone: string) => {
    const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone }]
    const made = await portal.tell('POST', 'item', { typeId, fields: { name: title, fm } })
    return z.looseObject({ number: z.number() }).parse(made).number
  }
  /** Our application's page in the portal, as its menu opens it for this employee. */
  const opened = async (userId: number) =>
    z.union([Framed.transform(({ frame: inner }) => inner), Frame]).parse(await portal.tell('POST', 'frame', { userId }))
  const ask = (path: string, body: object, method = 'POST') => asAdministrator(method, path, body)
  /** A number of Meta on an open line of its own, which employee 2 answers. */
  const aLine = async (sim: Simulators, { phone, name: title }: { phone: string; name: string }) => {
    const own = phone.slice(-7)
    const keys = { phoneNumberId: `56${own}`, accessToken: `EAA-${own}`, appSecret: `secret-${own}`, verifyToken: `word-${own}` }
    const number = { kind: 'meta', phone, name: title, wabaId: `78${own}`, ...keys }
    await sim.adds({ ...number, hookUrl: null })
    const added = await api('POST', '/channels', { name: title, phone: `+${phone}`, credentials: { kind: 'meta', ...keys } })
    const { id: channelId, hookUrl } = Channel.parse(added)
    await sim.adds({ ...number, hookUrl })
    const portalId = Portals.parse(await api('GET', '/portals')).items.find(({ domain }) => domain === portal.domain)?.id ?? ''
    const queue = [{ kind: 'user', id: '2' }]
    const { line } = OpenLine.parse(await api('POST', `/portals/${portalId}/open-lines`, { name: title, queue, hours: null }))
    await api('PUT', `/channels/${channelId}/portal-line`, { portalId, line })
    return { channelId, line }
  }
  return { portal, item, opened, ask, api, aLine }
}
