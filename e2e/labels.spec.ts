/** Labels on chats and messages as people see them, in several browsers: CRM-61, CRM-76 to CRM-80. */
import type { Page, TestInfo } from '@playwright/test'
import { openChat, row, slip } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

/** Attached to the report, to be looked at. */
async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(`${info.project.name} ${name}`, { body: await page.screenshot(), contentType: 'image/png' })
}

async function addLabel(page: Page, name: string, more: { color: string; description?: string; roles?: string[] }) {
  await page.goto(new URL('/settings/labels', page.url()).href)
  await page.getByRole('button', { name: 'Agregar' }).click()
  const sheet = page.getByRole('dialog', { name: 'Nueva etiqueta' })
  await sheet.getByLabel('Nombre').fill(name)
  await sheet.getByRole('radio', { name: more.color }).check()
  await sheet.getByLabel('Descripción').fill(more.description ?? '')
  for (const role of more.roles ?? []) await sheet.getByRole('checkbox', { name: role }).check()
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(sheet).toBeHidden()
}

/** Puts labels on what the open sheet is about. */
async function tick(page: Page, title: string, ...names: string[]) {
  const sheet = page.getByRole('dialog', { name: title })
  for (const name of names) {
    await sheet.getByText(name, { exact: true }).click()
    await expect(sheet.getByRole('checkbox', { name })).toBeChecked()
  }
  await sheet.getByRole('button', { name: 'Cerrar' }).click()
}

test('a chat and a message get labels, one tap on a chip filters the list, and a label of another role is nowhere', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  const [open, reserved] = [`Promesa ${customer.phone.slice(-5)}`, `Reservada ${customer.phone.slice(-5)}`]
  await sim.writes(customer.phone, { to: number.phone, text: 'Pago el viernes sin falta', customerName: customer.name })
  const boss = await colleague(browser, demo, 'administrator')
  await addLabel(boss, open, { color: 'Eucalipto', description: 'Dijo cuándo paga' })
  await addLabel(boss, reserved, { color: 'Teja', roles: ['Administrador'] })
  await expect(boss.getByText(reserved)).toBeVisible()
  await picture(boss, info, 'etiquetas en ajustes')

  await boss.goto(new URL('/chats', boss.url()).href)
  await openChat(boss, customer.name)
  await boss.getByRole('button', { name: 'Más acciones' }).click()
  await boss.getByRole('button', { name: 'Etiquetar' }).click()
  await picture(boss, info, 'etiquetar un chat')
  await tick(boss, 'Etiquetas del chat', open, reserved)
  await slip(boss, 'Pago el viernes').tap()
  await boss.getByRole('button', { name: 'Etiquetar' }).click()
  await tick(boss, 'Etiquetas del mensaje', open, reserved)
  await expect(slip(boss, 'Pago el viernes').getByRole('link', { name: `Ver los chats con la etiqueta ${open}` })).toBeVisible()
  await picture(boss, info, 'chat y mensaje con etiquetas')

  // Heard without a reload; the label of another role is not in the page at all.
  await expect(row(agent, customer.name).getByText(open)).toBeVisible()
  await picture(agent, info, 'lista con etiquetas')
  await row(agent, customer.name).getByText(open).click()
  await expect(agent).toHaveURL(/\/chats\?label=/)
  await expect(row(agent, customer.name)).toBeVisible()
  await expect(agent.getByRole('button', { name: `Quitar: ${open}` })).toBeVisible()
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Pago el viernes').getByText(open)).toBeVisible()
  expect(await agent.content()).not.toContain(reserved)
  await boss.context().close()
})
