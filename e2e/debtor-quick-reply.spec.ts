/** Quick replies with live data of a debtor, and what happens while their database is away: CRM-16, CRM-42, CRM-67, CRM-73. */
import type { Page, TestInfo } from '@playwright/test'
import { openChat, slip } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'
import { sql } from './outside.ts'

async function shot(page: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await page.screenshot(), contentType: 'image/png' })
}

const SHORTCUT = 'deuda'
const TEXT = 'Estimada {titular}: su saldo es {saldo} y tiene {mora} días de mora.'

/** A quick reply that everybody has. */
async function quickReply(address: string, person: { email: string; password: string }): Promise<void> {
  const ask = async (method: string, path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const response = await fetch(`${address}/api${path}`, { method, headers, body: JSON.stringify(body) })
    return (await response.json()) as Record<string, string>
  }
  const { token } = await ask('POST', '/session', person)
  await ask('POST', '/quick-replies', { shortcut: SHORTCUT, name: 'Deuda', text: TEXT }, token)
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Mensaje' })

async function insert(page: Page): Promise<void> {
  await box(page).fill('')
  await page.getByRole('button', { name: 'Rápidas' }).click()
  await page.getByPlaceholder('Busque por atajo, nombre o texto').fill(SHORTCUT)
  await page.getByRole('option', { name: /Deuda/ }).click()
}

test('a debtor’s balance is put in live; while their database is away the last one, with a banner; nothing leaves with a gap @phone', async ({
  agent,
  customer,
  demo,
  number,
  sim,
}, info) => {
  await quickReply(demo.address, personOf(demo, 'administrator'))
  const debtor = {
    id: `E-${customer.phone}`,
    phone: customer.phone,
    holder: 'Rosa Elvira Huamán',
    balance: 120.5,
    daysOverdue: 12,
  }
  await sim.debtor(debtor)
  await sim.writes(customer.phone, { to: number.phone, text: '¿Cuánto debo?', customerName: customer.name })
  await openChat(agent, customer.name)
  await insert(agent)
  await expect(box(agent)).toHaveValue(/Estimada Rosa Elvira Huamán: su saldo es \$\s?120,50 y tiene 12 días de mora\./)
  await expect(agent.getByText(/Datos del cliente: (hace|ahora)/)).toBeVisible()
  await shot(agent, info, 'filled-live')

  // Paid meanwhile: the next one knows.
  await sim.debtor({ ...debtor, balance: 20, daysOverdue: 0 })
  await insert(agent)
  await expect(box(agent)).toHaveValue(/su saldo es \$\s?20,00 y tiene 0 días/)

  await sim.misbehave({ target: 'clients', status: 503 })
  await sql("update client_record set read_at = read_at - interval '2 hours 10 minutes' where client_id = $1", [debtor.id])
  await insert(agent)
  await expect(box(agent)).toHaveValue(/su saldo es \$\s?20,00/)
  await expect(agent.getByText('La base de clientes no responde. Son datos de hace 2 h')).toBeVisible()
  await shot(agent, info, 'outage-banner')
  await agent.getByRole('heading', { level: 1 }).getByRole('button').click()
  const card = agent.getByRole('dialog', { name: 'Contacto' })
  await expect(card.getByText('La base de clientes no responde. Estos datos son de hace 2 h')).toBeVisible({ timeout: 20_000 })
  await expect(card.getByText('Rosa Elvira Huamán')).toBeVisible()
  await shot(agent, info, 'outage-card')
  await agent.keyboard.press('Escape')
  await sim.behave()

  // Nobody of theirs: what is missing is named, and nothing leaves.
  await sim.debtor({ ...debtor, phone: '593911110000' })
  await insert(agent)
  await expect(agent.getByRole('button', { name: 'Falta saldo' })).toBeVisible()
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(agent.getByText('Falta completar: titular, saldo, mora')).toBeVisible()
  await shot(agent, info, 'missing')
  await sim.debtor(debtor)
  await insert(agent)
  await expect(box(agent)).toHaveValue(/120,50/)
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(slip(agent, /su saldo es \$\s?120,50/)).toBeVisible()
})

test('a client is changed through; who was slower sees both versions and chooses @tablet', async ({
  browser,
  customer,
  demo,
  sim,
}, info) => {
  const id = `F-${customer.phone}`
  await sim.debtor({ id, phone: customer.phone, holder: `Zoila ${customer.phone}`, balance: 300, daysOverdue: 40 })
  const page = await colleague(browser, demo, 'supervisor')
  await page.getByRole('link', { name: 'Contactos', exact: true }).click()
  await page.getByRole('link', { name: 'Clientes' }).click()
  await page.getByLabel('Nombre, número o documento').fill(`Zoila ${customer.phone}`)
  const row = page.getByRole('list', { name: 'Clientes' }).getByRole('button')
  await expect(row).toHaveCount(1)
  await row.click()
  const sheet = page.getByRole('dialog', { name: 'Editar cliente' })
  await sim.debtor({ id, balance: 250 })
  await sheet.getByLabel('Saldo').fill('280,75')
  await sheet.getByRole('button', { name: 'Guardar en la base' }).click()
  await expect(sheet.getByText('Alguien lo cambió mientras tanto')).toBeVisible()
  await expect(sheet.getByRole('cell', { name: /250,00/ })).toBeVisible()
  await shot(page, info, 'conflict')
  await sheet.getByRole('button', { name: 'Guardar lo mío' }).click()
  await expect(page.getByText('Guardado en la base de clientes.')).toBeVisible()
  await expect(row.getByText(/280,75/)).toBeVisible()
  expect(await sim.debtorOf(id)).toMatchObject({ balance: 280.75, daysOverdue: 40 })
  await page.context().close()
})

test('the administrator tries the connection before keeping it; an address inside a network is refused @tablet', async ({
  browser,
  demo,
}, info) => {
  const page = await colleague(browser, demo, 'administrator')
  await page.getByRole('link', { name: 'Ajustes' }).click()
  await page.getByRole('link', { name: /Base de clientes/ }).click()
  await page.getByLabel('Número de un cliente para probar').fill('+593987654321')
  await page.getByRole('button', { name: 'Probar la conexión' }).click()
  await expect(page.getByText('Funciona. Cliente encontrado:')).toBeVisible()
  await expect(page.getByText('Rosa Huamán Cevallos')).toBeVisible()
  await shot(page, info, 'client-source')
  const address = await page.getByLabel('Dirección base').inputValue()
  await page.getByLabel('Dirección base').fill('http://169.254.169.254/latest')
  await page.getByRole('button', { name: 'Probar la conexión' }).click()
  await expect(page.getByText('Esa dirección no está permitida.')).toBeVisible()
  await page.getByLabel('Dirección base').fill(address)
  await page.getByRole('button', { name: 'Guardar', exact: true }).click()
  await expect(page.getByText('Base de clientes guardada.')).toBeVisible()
  await page.context().close()
})
