/** Who wants messages and who does not, for an agent, an administrator and the customer: B24-25. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { violations } from './barriers.ts'
import { openChat, show, slip, tick, write } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'
import { sql } from './outside.ts'
import type { DemoFile } from '../scripts/house.ts'

const DAY_MS = 24 * 3_600_000
const TEMPLATE = { name: 'recordatorio_pago', language: 'es', params: ['Rosa', '$ 10', '30 de noviembre'] }
const BEGUN = { outWords: ['BAJA', 'STOP'], inWords: ['ALTA', 'START'], covers: 'all', outReply: '', inReply: '' }

/** Asks the server for a template in the open chat, as a phone does that has not heard of anything yet. */
function asksForTemplate(page: Page): Promise<{ status: number; code: string | undefined }> {
  const chatId = page.url().split('/').at(-1)?.split('?')[0]
  return page.evaluate(
    async ([path, template]) => {
      // A UUIDv7: what a message's id must look like.
      const time = Date.now().toString(16).padStart(12, '0')
      const id = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
      const body = JSON.stringify({ id, kind: 'template', template })
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(String(path), { method: 'POST', headers, body })
      return { status: response.status, code: (await response.json()).code }
    },
    [`/api/chats/${chatId}/messages`, TEMPLATE] as const,
  )
}

/** Leaves the number's words as they began: other tests count what customers get. */
async function wordsAsBegun(demo: DemoFile, channelId: string): Promise<void> {
  const { email, password } = personOf(demo, 'administrator')
  const json = { 'content-type': 'application/json' }
  const signed = await fetch(`${demo.address}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  })
  const headers = { ...json, authorization: `Bearer ${(await signed.json()).token}` }
  const address = `${demo.address}/api/channels/${channelId}/consent`
  const { rev } = await (await fetch(address, { headers })).json()
  const put = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ ...BEGUN, rev }) })
  expect(put.status).toBe(200)
}

test('who writes BAJA is answered but gets no template, and the agent reads why; ALTA lets it through @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const { phone, name: customerName } = customer
  const says = (text: string) => sim.writes(phone, { to: number.phone, text, customerName })
  await says('Hola')
  await openChat(agent, customerName)
  await write(agent, 'Buenos días')
  await expect(tick(slip(agent, 'Buenos días'), 'Entregado')).toBeVisible()
  await says('baja!')
  await expect(agent.getByText(/No quiere mensajes desde/)).toBeVisible()
  await expect(agent.getByText('El cliente ya no quiere mensajes (baja!)')).toBeVisible()
  await write(agent, 'Entendido, no le escribimos más')
  await expect(tick(slip(agent, 'Entendido, no le escribimos más'), 'Entregado')).toBeVisible()
  await show(agent, 'said no, may be answered')
  expect(await asksForTemplate(agent)).toEqual({ status: 422, code: 'opted_out' })

  await sim.ages(phone, DAY_MS + 60_000)
  await sim.reads(phone, number.phone)
  await expect(agent.getByText(/pidió no recibir mensajes/)).toBeVisible()
  await expect(agent.getByRole('button', { name: 'Enviar una plantilla' })).toBeHidden()
  await show(agent, 'nothing can be sent')
  expect(await asksForTemplate(agent)).toEqual({ status: 422, code: 'opted_out' })
  expect(await sim.received(phone, 'template')).toHaveLength(0)

  await says('ALTA')
  await expect(agent.getByText(/No quiere mensajes desde/)).toBeHidden()
  expect(await asksForTemplate(agent)).toMatchObject({ status: 200 })
  await expect(tick(slip(agent, 'Su cuota de $ 10 vence el 30 de noviembre.'), 'Entregado')).toBeVisible()
  expect(await sim.received(phone, 'template')).toHaveLength(1)
  await show(agent, 'agrees again')
})

test('the administrator gives a number its words and answer, finds who said no, and writes down a yes @tablet', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await wordsAsBegun(demo, number.id)
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/channels/${number.id}`)
  await admin.getByRole('button', { name: 'Cambiar: Altas y bajas del cliente' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Palabras de baja').fill('BAJA, alta')
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(sheet.getByRole('alert')).toContainText('ninguna esté en las dos listas')
  await sheet.getByLabel('Palabras de baja').fill('BAJA, No molestar')
  await sheet.getByRole('button', { name: 'Usar un ejemplo' }).click()
  await show(admin, 'words of a number')
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(sheet).toBeHidden()

  const { phone, name } = customer
  await sim.writes(phone, { to: number.phone, text: 'No molestar', customerName: name })
  const theirs = await customer.phonePage()
  await expect(theirs.getByRole('log').getByText(`Listo, ${name}: no volveremos a escribirle.`)).toHaveCount(1)
  await show(theirs, 'the customer is answered')

  await admin.getByRole('link', { name: 'Ver la lista' }).click()
  const list = admin.getByRole('list', { name: 'Altas y bajas' })
  await admin.getByLabel('Nombre o número').fill(name)
  await expect(list.getByRole('button')).toHaveCount(1)
  await expect(list).toContainText('«No molestar», lo escribió el cliente')
  await show(admin, 'list')
  expect(await admin.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await list.getByRole('button').click()
  await admin.getByRole('button', { name: 'Acepta mensajes' }).click()
  const yes = admin.getByRole('dialog', { name: 'Acepta mensajes' })
  await yes.getByLabel('Cómo lo sabe').fill('Llamó por teléfono')
  await yes.getByRole('button', { name: 'Guardar' }).click()
  const card = admin.getByRole('region', { name: 'Mensajes de la empresa' })
  await expect(card).toContainText('«Llamó por teléfono»')
  await card.getByText('Lo que dijo antes').click()
  await expect(card).toContainText('«No molestar»')
  await card.scrollIntoViewIfNeeded()
  await show(admin, 'history of a contact')
  await admin.getByRole('button', { name: 'Cerrar' }).last().click()

  await admin.getByRole('button', { name: 'Importar' }).click()
  const file = admin.getByRole('dialog')
  const csv = `Celular,Nombre\n+593 98 ${phone.slice(-7)},Luis ${phone.slice(-4)}\n12,Nadie\n`
  await file.getByLabel('Elegir archivo CSV').setInputFiles({ name: 'bajas.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await file.getByLabel('Cómo lo sabe').fill('Lista de la web')
  await file.getByRole('button', { name: 'Probar sin guardar' }).click()
  await expect(file.getByRole('status')).toContainText('no es válido')
  await show(admin, 'import, tried')
  await file.getByRole('button', { name: 'Importar 1' }).click()
  await expect(file.getByText('Anotados')).toBeVisible()
  await wordsAsBegun(demo, number.id)
  await admin.context().close()
})

test('a new customer is told about their data once, anybody reads the page, and what they ask is answered in time @phone', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/privacy`)
  await admin.getByRole('button', { name: /Escribir/ }).click()
  const writing = admin.getByRole('dialog', { name: 'Aviso de privacidad' })
  await writing.getByLabel('Correo para pedidos').fill('datos@cobranzas.example')
  await writing.getByRole('button', { name: 'Publicar' }).click()
  await expect(writing).toBeHidden()
  const sends = admin.getByRole('switch', { name: 'Enviarlo a los contactos nuevos' })
  if (!(await sends.isChecked())) await sends.click()
  await admin.getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByText('Guardado.')).toBeVisible()
  await show(admin, 'privacy of the company')

  const { name, phone } = customer
  await sim.writes(phone, { to: number.phone, text: 'Buenos días', customerName: name })
  await expect.poll(async () => (await sim.received(phone)).length).toBe(1)
  const [told] = await sim.received(phone)
  const address = /https?:\S+\/privacidad\/\S+/.exec(told?.text ?? '')?.[0] ?? ''
  await sim.writes(phone, { to: number.phone, text: '¿Me escucha?', customerName: name })
  await admin.goto(`${demo.address}/chats`)
  await openChat(admin, name)
  await expect(admin.getByText('Se envió el aviso de privacidad (versión')).toHaveCount(1)
  expect(await sim.received(phone)).toHaveLength(1)
  await show(admin, 'the notice in the chat')

  const stranger = await (await browser.newContext(info.project.use)).newPage()
  await stranger.goto(`${demo.address}${new URL(address).pathname}`)
  await expect(stranger.getByRole('heading', { name: 'Aviso de privacidad', level: 1 })).toBeVisible()
  await expect(stranger.getByText('datos@cobranzas.example').first()).toBeVisible()
  expect(await violations(stranger)).toEqual([])
  await stranger.getByRole('link', { name: 'English' }).click()
  await expect(stranger.getByRole('heading', { name: 'Privacy notice' })).toBeVisible()
  await show(stranger, 'public page')

  await admin.getByRole('heading', { level: 1 }).getByRole('button').click()
  const card = admin.getByRole('region', { name: 'Privacidad' })
  await expect(card).toContainText('Recibió el aviso de privacidad')
  await card.getByRole('button', { name: 'Anotar un pedido' }).click()
  const asking = admin.getByRole('dialog', { name: 'Pedido sobre sus datos' })
  await asking.getByLabel('Qué derecho ejerce').selectOption('objection')
  await asking.getByLabel('Qué pidió').fill('No quiere que le escriban')
  await expect(asking.getByText('La respuesta vence')).toBeVisible()
  await show(admin, 'writing a request down')
  await asking.getByRole('button', { name: 'Guardar' }).click()
  const file = admin.waitForEvent('download')
  await card.getByRole('button', { name: 'Descargar sus datos' }).click()
  const data = JSON.parse(readFileSync(await (await file).path(), 'utf8'))
  expect(data).toMatchObject({ complete: true, contact: { profileName: name } })
  expect(data.messages.map(({ text }: { text: string | null }) => text)).toEqual(
    expect.arrayContaining(['Buenos días', '¿Me escucha?']),
  )
  await admin.goto(`${demo.address}/contacts/rights`)
  await admin.getByRole('button').filter({ hasText: name }).click()
  await card.getByRole('button', { name: 'Responder' }).click()
  await admin.getByLabel('Qué se hizo').fill('Se le dio de baja')
  await admin.getByRole('button', { name: 'Guardar' }).last().click()
  await expect(card).toContainText('Atendido')
  await card.scrollIntoViewIfNeeded()
  await show(admin, 'what a contact asked')
  await sql('update privacy_setting set sends_to_new = false')
  await admin.context().close()
})
