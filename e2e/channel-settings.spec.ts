/** What one number has for itself, seen by its administrator and by a customer: CRM-12, CRM-13, CRM-22, CRM-87, B24-84. */
import type { Page } from '@playwright/test'
import { openChat, show, slip } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'
import type { DemoFile } from '../scripts/house.ts'

const OFF = { on: false, text: '' }
const DAY = [[0, 1440]]
const ALWAYS = {
  week: [DAY, DAY, DAY, DAY, DAY, DAY, DAY],
  holidays: null,
  worked: [],
  exceptions: {},
  timeZone: 'America/Guayaquil',
}

/** Leaves every number as it began: other tests count what customers get. */
async function silence(demo: DemoFile): Promise<void> {
  const { email, password } = personOf(demo, 'administrator')
  const json = { 'content-type': 'application/json' }
  const signed = await fetch(`${demo.address}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  })
  const headers = { ...json, authorization: `Bearer ${(await signed.json()).token}` }
  for (const { id } of demo.channels) {
    const address = `${demo.address}/api/channels/${id}`
    const { rev } = await (await fetch(`${address}/settings`, { headers })).json()
    const put = (part: string, body: object) =>
      fetch(`${address}/${part}`, { method: 'PUT', headers, body: JSON.stringify(body) })
    const texts = { greeting: OFF, out_of_hours: OFF, farewell: OFF }
    expect((await put('texts', { rev, texts })).status).toBe(200)
    expect((await put('hours', { rev: rev + 1, hours: ALWAYS })).status).toBe(200)
  }
}
test.beforeEach(({ demo }) => silence(demo))
test.afterEach(({ demo }) => silence(demo))

async function openNumber(page: Page, demo: DemoFile, name: string): Promise<void> {
  await page.goto(`${demo.address}/settings/channels`)
  // Its name and then its telephone number: others may begin alike.
  const link = page.getByRole('link', { name: new RegExp(`^${name} \\+`) })
  await expect(link).toBeVisible()
  await show(page, 'numbers')
  await link.click()
  await expect(page.getByRole('heading', { name, level: 1, exact: true })).toBeVisible()
}

async function writeText(page: Page, rule: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Cambiar: Textos automáticos' }).click()
  const part = page.getByRole('dialog').getByRole('region', { name: rule })
  await part.getByRole('switch').click()
  await part.getByRole('textbox').fill(text)
  await part.scrollIntoViewIfNeeded()
  await show(page, `text: ${rule}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('the administrator closes a number and a customer is told so, once; the chat goes on waiting @tablet', async ({
  browser,
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  const admin = await colleague(browser, demo, 'administrator')
  await openNumber(admin, demo, number.name)
  await expect(admin.getByRole('region', { name: 'Horario de atención' })).toContainText('Abierto siempre')
  await writeText(admin, 'Fuera de horario', 'Hola {cliente}, {canal} está cerrado. Abrimos el {apertura}.')

  await admin.getByRole('button', { name: 'Cambiar: Horario de atención' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Feriados de', { exact: true }).selectOption('EC')
  await sheet.getByRole('switch', { name: 'Atiende: Lunes' }).click()
  await expect(sheet.getByRole('switch', { name: 'Atiende: Lunes' })).not.toBeChecked()
  await sheet.getByRole('button', { name: 'Copiar lunes a toda la semana' }).click()
  await expect(sheet.getByRole('status')).toContainText('Cerrado siempre')
  // It opens again on one day far enough away: tomorrow's date, from 08:00 to 10:30.
  const opens = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 10)
  await sheet.getByLabel('Fecha', { exact: true }).fill(opens)
  await sheet.getByRole('button', { name: 'Agregar la fecha' }).click()
  const date = sheet
    .getByRole('group')
    .filter({ has: admin.getByLabel(`Quitar la fecha: ${opens}`) })
    .last()
  await date.getByRole('switch').click()
  await date.getByLabel(/^Hasta/).fill('10:30')
  await date.getByLabel(/^Hasta/).blur()
  await expect(sheet.getByRole('status')).toContainText('Cerrado ahora')
  await show(admin, 'hours, special date')
  await sheet.getByRole('status').scrollIntoViewIfNeeded()
  await show(admin, 'hours')
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(sheet).toBeHidden()
  await expect(admin.getByRole('region', { name: 'Horario de atención' })).toContainText('Cerrado ahora · abre')
  await show(admin, 'number')

  await sim.writes(customer.phone, { to: number.phone, text: '¿Hay alguien?', customerName: customer.name })
  const said = `Hola ${customer.name}, ${number.name} está cerrado. Abrimos el ${opens.slice(8)}/${opens.slice(5, 7)} 08:00.`
  const phone = await customer.phonePage()
  await expect(phone.getByRole('log').getByText(said)).toBeVisible()
  await show(phone, 'the customer reads it')
  await sim.writes(customer.phone, { to: number.phone, text: 'Es urgente', customerName: customer.name })

  await openChat(agent, customer.name)
  await expect(slip(agent, 'Es urgente')).toBeVisible()
  const automatic = slip(agent, said)
  await expect(automatic).toContainText('Automático')
  await show(agent, 'the agent sees it')
  await expect(automatic).toHaveCount(1)
  expect(await sim.received(customer.phone)).toHaveLength(1)
  await admin.context().close()
})

test('a new conversation is greeted once, and the chat stays unanswered @phone', async ({
  browser,
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  const admin = await colleague(browser, demo, 'administrator')
  await openNumber(admin, demo, number.name)
  await writeText(admin, 'Saludo', 'Bienvenida, {cliente}. Le atiende {empresa}.')
  await admin.context().close()
  for (const text of ['Buenas tardes', 'Quiero pagar'])
    await sim.writes(customer.phone, { to: number.phone, text, customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Quiero pagar')).toBeVisible()
  await expect(slip(agent, `Bienvenida, ${customer.name}.`)).toHaveCount(1)
  await expect.poll(async () => (await sim.received(customer.phone)).length).toBe(1)
  await show(agent, 'greeted')
})

// Ten seconds go by before it leaves, so that a closing can be taken back.
test('who closes a chat says farewell for the number: the customer reads it once, whatever is closed again @phone', async ({
  browser,
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  const admin = await colleague(browser, demo, 'administrator')
  await openNumber(admin, demo, number.name)
  await writeText(admin, 'Despedida', 'Gracias, {cliente}. Le atendió {agente} de {canal}.')
  await admin.context().close()
  await sim.writes(customer.phone, { to: number.phone, text: 'Ya pagué', customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Ya pagué')).toBeVisible()
  const menu = async (name: string) => {
    await agent.getByRole('button', { name: 'Más acciones' }).click()
    await agent.getByRole('dialog').getByRole('button', { name }).click()
  }
  await menu('Cerrar el chat')
  // Taken back in time nothing is said; closed again it is.
  await agent.getByRole('button', { name: 'Deshacer' }).click()
  await expect(agent.getByText('reabrió el chat')).toBeVisible()
  await menu('Cerrar el chat')
  const farewell = `Gracias, ${customer.name}. Le atendió Jorge Álvarez de ${number.name}.`
  const phone = await customer.phonePage()
  await expect(phone.getByRole('log').getByText(farewell)).toBeVisible({ timeout: 25_000 })
  await expect(phone.getByRole('log').getByText(farewell)).toHaveCount(1)
  await show(phone, 'farewell on the phone of the customer')
  await expect(slip(agent, farewell)).toHaveCount(1)
  await expect(slip(agent, farewell)).toContainText('Automático')
  await show(agent, 'farewell in the chat')
  expect(await sim.received(customer.phone)).toHaveLength(1)
})

test('a number gets another name, and its link is a picture that can be scanned @tablet', async ({ browser, demo, number }) => {
  const admin = await colleague(browser, demo, 'administrator')
  await openNumber(admin, demo, number.name)
  await admin.getByRole('button', { name: 'Cambiar el nombre' }).click()
  await admin.getByRole('dialog').getByLabel('Nombre').fill(`${number.name} centro`)
  await admin.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByRole('heading', { name: `${number.name} centro`, level: 1 })).toBeVisible()
  await admin.getByRole('button', { name: 'Cambiar el nombre' }).click()
  await admin.getByRole('dialog').getByLabel('Nombre').fill(number.name)
  await admin.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByRole('heading', { name: number.name, level: 1, exact: true })).toBeVisible()

  await admin.getByLabel('Texto inicial (opcional)').fill('Quiero pagar')
  const link = `https://wa.me/${number.phone}?text=Quiero%20pagar`
  await expect(admin.getByText(link)).toBeVisible()
  const picture = admin.getByRole('img', { name: 'Código QR del enlace' })
  await picture.scrollIntoViewIfNeeded()
  await expect
    .poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0))
    .toBe(true)
  await show(admin, 'link and QR')
  expect(await admin.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await admin.context().close()
})

test('an official number is added: the provider checks it, calls our address, and the first message arrives @tablet', async ({
  browser,
  agent,
  customer,
  demo,
  sim,
}) => {
  const digits = `59398${customer.phone.slice(-7)}`
  const [id, accessToken, appSecret] = [`77${customer.phone}`, `EAA-${customer.phone}-token`, `secret-${customer.phone}`]
  await sim.adds({
    kind: 'meta',
    phoneNumberId: id,
    phone: digits,
    name: 'Cuenca',
    wabaId: `88${customer.phone}`,
    accessToken,
    appSecret,
    verifyToken: 'none yet',
    hookUrl: null,
  })
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('button', { name: 'Agregar número' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Nombre', { exact: true }).fill(`Cuenca ${digits.slice(-4)}`)
  await sheet.getByLabel('Número', { exact: true }).fill('+593 98 000 0001')
  await sheet.getByLabel('Identificador del número').fill(id)
  await sheet.getByLabel('Clave de acceso').fill(accessToken)
  await sheet.getByLabel('Clave secreta de la aplicación (opcional)').fill(appSecret)
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).click()
  // The provider says whose the key is; what was typed stays.
  await expect(sheet.getByRole('alert')).toContainText('es de otro número')
  await sheet.getByLabel('Número', { exact: true }).fill(`+${digits}`)
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).click()
  await expect(sheet.getByText('Número verificado')).toBeVisible()
  await expect(sheet.getByText('Palabra de verificación')).toBeVisible()
  await sheet.getByRole('button', { name: 'Conectar y probar' }).click()
  await expect(sheet.getByRole('status')).toContainText('El proveedor llamó a esta dirección')
  await show(admin, 'added and connected')
  await sheet.getByRole('button', { name: 'Listo' }).click()

  await sim.writes(customer.phone, { to: digits, text: 'Hola Cuenca', customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Hola Cuenca')).toBeVisible()

  await admin.getByRole('link', { name: `Cuenca ${digits.slice(-4)}` }).click()
  const told = admin.getByRole('region', { name: 'En el proveedor' })
  await expect(told).toContainText('Alta')
  await expect(told).toContainText('2 000 clientes nuevos en 24 horas')
  await expect(admin.getByRole('region', { name: 'Aviso de mensajes (webhook)' })).toContainText('El proveedor envía aquí.')
  await admin.getByRole('button', { name: 'Cambiar: Perfil de empresa' }).click()
  await admin.getByRole('dialog').getByLabel('Descripción').fill('Cobranzas de la sierra')
  await admin.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByRole('dialog')).toBeHidden()
  await admin.reload()
  await expect(admin.getByRole('region', { name: 'Perfil de empresa' })).toContainText('Cobranzas de la sierra')
  await admin.getByRole('region', { name: 'En el proveedor' }).scrollIntoViewIfNeeded()
  await show(admin, 'at the provider')
  // Its key is never shown again, and the number can be put away and taken back.
  expect(await admin.content()).not.toContain(accessToken)
  await admin.getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('button', { name: 'Restaurar el número' }).click()
  await expect(admin.getByRole('button', { name: 'Archivar el número' })).toBeVisible()
  await admin.getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Archivar el número' }).click()
  await expect(admin.getByRole('button', { name: 'Restaurar el número' })).toBeVisible()
  await admin.context().close()
})
