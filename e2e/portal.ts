/** Simulated portals for browser tests: one that the demo company has joined, and our page in its frame. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { DEMO_B24_APP } from '../scripts/settings.ts'
import { expect, personOf } from './demo.ts'

export const Frame = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })
export const Framed = z.looseObject({ frame: Frame })

/** The portal's page around ours: it posts its form into an iframe, as Bitrix24 does. */
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

/** A portal whose first administrator is the demo's: joined with a code, as the installer's page asks for it. */
export async function aJoinedPortal(demo: Parameters<typeof personOf>[0], name: string) {
  const tell = async (method: string, path: string, body: object = {}): Promise<unknown> => {
    const answer = await fetch(`${demo.simulators.control}/bitrix24${path}`, {
      method,
      body: JSON.stringify({ ...DEMO_B24_APP, ...body }),
    })
    return answer.json()
  }
  const portal = z
    .looseObject({ id: z.string(), domain: z.string() })
    .parse(await tell('POST', '/portals', { name, employees: 3 }))
  const { email, password } = personOf(demo, 'administrator')
  const ask = async (path: string, body: object, token?: string, method = 'POST'): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
    return (await fetch(`${demo.address}${path}`, { method, headers, body: JSON.stringify(body) })).json()
  }
  const { token } = z.looseObject({ token: z.string() }).parse(await ask('/api/session', { email, password }))
  const { linkCode } = z.looseObject({ linkCode: z.string() }).parse(await ask('/api/portal-code', {}, token))
  const { frame } = Framed.parse(await tell('POST', `/portals/${portal.id}/install`))
  const installer = await fetch(frame.action, { method: 'POST', body: new URLSearchParams(frame.fields) })
  const data = /<script type="application\/json" id="install">(.*?)<\/script>/.exec(await installer.text())?.[1] ?? '{}'
  const { ticket } = z.looseObject({ ticket: z.string() }).parse(JSON.parse(data))
  expect(await ask('/bitrix24/install/choice', { ticket, code: linkCode })).toEqual({ complete: true })
  await tell('POST', `/portals/${portal.id}/finish`)
  const item = async (typeId: number, title: string, phone: string) => {
    const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone }]
    const made = await tell('POST', `/portals/${portal.id}/item`, { typeId, fields: { name: title, fm } })
    return z.looseObject({ number: z.number() }).parse(made).number
  }
  /** Our application's page in the portal, as its menu opens it for this employee. */
  const opened = async (userId: number) =>
    z
      .union([Framed.transform(({ frame: inner }) => inner), Frame])
      .parse(await tell('POST', `/portals/${portal.id}/frame`, { userId }))
  return { portal, item, opened, ask: (path: string, body: object, method = 'POST') => ask(path, body, token, method) }
}
