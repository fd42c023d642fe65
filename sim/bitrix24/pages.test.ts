import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aBitrix24, aChannel } from './testing.ts'

async function aPage() {
  const b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  const at = `http://${portal.domain}`
  const view = async (path: string) => fieldsOf(await (await fetch(`${at}/sim/view/${path}`)).json())
  return { b24, portal, card, app, at, view, [Symbol.asyncDispose]: () => b24[Symbol.asyncDispose]() }
}

test('the portal has a page at the addresses of the real one, with its files and no others', async () => {
  await using page = await aPage()
  for (const path of ['/', '/crm/deal/details/540/', '/contact_center/', '/marketplace/view/vendor.wab24/?params[c]=1'])
    expect(await (await fetch(page.at + path)).text()).toContain('Bitrix24 simulado')
  const html = await (await fetch(`${page.at}/`)).text()
  const names = ['portal.js', 'state.js', 'frames.js', 'chats.js', 'contact-center.js', 'crm.js', 'admin.js', 'portal.css']
  for (const name of names) expect((await fetch(`${page.at}/sim/${name}`)).status, name).toBe(200)
  expect((await fetch(`${page.at}/phone/words.js`)).status).toBe(200)
  expect(html).toContain('/sim/portal.js')
  for (const path of ['/sim/serve.ts', '/sim/..%2fserve.ts', '/sim/none.js', '/etc/passwd'])
    expect((await fetch(page.at + path)).status, path).toBe(404)
})

test('the script of frames lies at the authorization server, and offers what an application uses', async () => {
  await using page = await aPage()
  const script = await (await fetch(`${page.b24.oauth}/api/v1/`)).text()
  for (const name of ['init', 'installFinish', 'fitWindow', 'getAuth', 'placement', 'openPath', 'openApplication', 'callMethod'])
    expect(script).toContain(`${name}`)
})

test('the page sees cards of applications without their secret, and chats as they are now', async () => {
  await using page = await aPage()
  const { rosa } = await aChannel(page.app)
  const { chat } = await rosa('Hola')
  const overview = await page.view('overview')
  expect(JSON.stringify(overview)).not.toContain(String(page.card.secret))
  expect(overview.apps).toMatchObject([{ id: page.app.clientId, install: { isFinished: true } }])
  expect(overview.connectors).toMatchObject([{ id: 'wab24_k3', channels: [{ LINE: '7', STATUS: true, ACTIVE_STATUS: true }] }])
  expect(overview.chats).toMatchObject([{ id: Number(chat), lastText: 'Hola', waits: true, status: 'new' }])
  const write = await fetch(`${page.at}/sim/do/write`, {
    method: 'POST',
    body: JSON.stringify({ chat, text: 'Buenas', userId: 2 }),
  })
  expect(write.status).toBe(200)
  const shown = listOf((await page.view(`chat?id=${chat}`)).bubbles).map(fieldsOf)
  expect(shown.filter(({ from }) => from !== 'system').map(({ text, author }) => [text, author])).toEqual([
    ['Hola', ''],
    ['Buenas', 'Luis Paz'],
  ])
  expect(await page.view('card?id=1:1205')).toMatchObject({
    title: 'Rosa Quispe - Atención al cliente',
    chats: [{ id: Number(chat) }],
  })
})

test('an open page hears that something happened', async () => {
  await using page = await aPage()
  const stop = new AbortController()
  const stream = await fetch(`${page.at}/sim/live`, { signal: stop.signal })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  await page.portal.does('line', { name: 'Ventas' })
  let heard = ''
  while (!heard.includes('"lines"')) heard += (await reader?.read())?.value ?? ''
  expect(heard).toContain('data: {"type":"lines"}')
  stop.abort()
})
