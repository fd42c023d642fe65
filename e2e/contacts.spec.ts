/** Contacts, as a supervisor and an agent handle them: CRM-16, CRM-31, CRM-45, CRM-74, CRM-75. */
import type { Page, TestInfo } from '@playwright/test'
import { openChat } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

async function shot(page: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await page.screenshot({ fullPage: false }), contentType: 'image/png' })
}

/** A thousand people take the server a moment. */
const THOUSAND = { timeout: 30_000 }

const list = (page: Page) => page.getByRole('list', { name: 'Contactos' })

test('a supervisor imports 1,000 contacts after a try, finds one by a wrong spelling, and takes them back @tablet', async ({
  browser,
  demo,
}, info) => {
  const page = await colleague(browser, demo, 'supervisor')
  // Another thousand for each size of screen.
  const base = info.project.name === 'phone' ? 930_000_000 : 940_000_000
  const rows = Array.from({ length: 1000 }, (_, n) => `Deudora Número${n} Chuquimarca;0${base + n};doc-${base + n}`)
  const csv = ['Nombre;Celular;Cédula', ...rows, 'Sin número;;', 'Número corto;12;'].join('\r\n')
  await page.getByRole('link', { name: 'Contactos', exact: true }).click()
  await page.getByRole('link', { name: 'Importar' }).click()
  await page.getByLabel('Elegir archivo CSV').setInputFiles({
    ...{ name: 'deudoras.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') },
  })
  await expect(page.getByText('deudoras.csv · 1002 filas')).toBeVisible()
  await expect(page.getByLabel('Celular')).toHaveValue('phone')
  await page.getByLabel('País de los números sin código').selectOption('EC')
  await page.getByRole('button', { name: 'Probar sin guardar' }).click()
  await expect(page.getByText('Qué pasaría')).toBeVisible(THOUSAND)
  await expect(page.getByText('Fila 1002: sin número')).toBeVisible()
  await expect(page.getByText('Fila 1003: el número no es válido para el país')).toBeVisible()
  await shot(page, info, 'import-dry-run')
  await page.getByRole('button', { name: 'Importar 1000 contactos' }).click()
  await expect(page.getByText('Importación terminada.')).toBeVisible(THOUSAND)
  await shot(page, info, 'imported')

  await page.getByRole('link', { name: 'Contactos', exact: true }).last().click()
  await page.getByLabel('Nombre o número').fill('numero999 chuquimarka')
  await expect(list(page).getByRole('button').first()).toContainText('Deudora Número999 Chuquimarca')
  await page.getByLabel('Nombre o número').fill(`0${base + 77}`)
  await expect(list(page).getByRole('button')).toHaveCount(1)
  await shot(page, info, 'contact-list')

  await page.getByRole('link', { name: 'Importar' }).click()
  const made = page.getByRole('listitem').filter({ hasText: 'deudoras.csv' }).filter({ hasText: 'Creados: 1000' }).first()
  await made.getByRole('button', { name: 'Deshacer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click()
  await expect(page.getByText('1000 contactos archivados')).toBeVisible(THOUSAND)
  await expect(made.getByText('Deshecha')).toBeVisible()
  await page.getByRole('link', { name: 'Contactos', exact: true }).last().click()
  await page.getByLabel('Nombre o número').fill(`0${base + 77}`)
  await expect(page.getByText('Nadie coincide con la búsqueda')).toBeVisible()
  await page.context().close()
})

test('two cards of one person become one, with the chat of the other @tablet', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Hola', customerName: customer.name })
  const page = await colleague(browser, demo, 'supervisor')
  const name = `Rosa Cartera ${customer.phone.slice(-4)}`
  await page.getByRole('link', { name: 'Contactos', exact: true }).click()
  await page.getByRole('button', { name: 'Agregar' }).click()
  const card = page.getByRole('dialog', { name: 'Nuevo contacto' })
  await card.getByLabel('Nombre').fill(name)
  await card.getByLabel('País del número').selectOption('PE')
  await card.getByLabel('Número', { exact: true }).fill(`9${customer.phone.slice(-8)}`)
  await shot(page, info, 'new-contact')
  await card.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Contacto guardado.')).toBeVisible()

  await page.getByLabel('Nombre o número').fill(name)
  await list(page).getByRole('button').filter({ hasText: name }).click()
  await expect(page.getByText(`+51 9`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Unir con otro' }).click()
  const merge = page.getByRole('dialog', { name: 'Unir con otro contacto' })
  await merge.getByLabel('Nombre o número').fill(customer.phone.slice(-8))
  await merge.getByRole('button', { name: customer.name }).click()
  await shot(page, info, 'merge')
  await merge.getByRole('button', { name: 'Unir', exact: true }).click()
  await expect(page.getByText('Los contactos quedaron unidos.')).toBeVisible()
  await page.getByRole('dialog', { name: 'Contacto' }).getByRole('button', { name: 'Abrir el chat' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.context().close()
})

test('an agent names an unknown number from its chat with two taps and the name @phone', async ({
  agent,
  customer,
  sim,
  number,
}, info) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Buenas tardes', customerName: customer.name })
  await openChat(agent, customer.name)
  // One.
  await agent.getByRole('heading', { level: 1 }).getByRole('button').click()
  const name = agent.getByRole('dialog', { name: 'Contacto' }).getByLabel('Nombre')
  await expect(name).toBeFocused()
  await agent.keyboard.type('Rosa de la Panadería')
  await shot(agent, info, 'name-from-chat')
  // Two.
  await agent.getByRole('button', { name: 'Guardar', exact: true }).click()
  await expect(agent.getByRole('heading', { name: 'Rosa de la Panadería', level: 1 })).toBeVisible()
  await shot(agent, info, 'named')
})
