/** Labels on chats and messages as people see them, in several browsers: CRM-61, CRM-76 to CRM-80. */
import type { Page } from '@playwright/test'
import { openChat, row, show, slip } from './desk.ts'
import { colleague, expect, test } from './demo.ts'
import { sql } from './outside.ts'

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

/** The label stands on its chat and its message at the server: filters and other people are answered from there. */
async function arrived(name: string): Promise<void> {
  const on = () =>
    sql(
      `select from label l join chat_label c on c.label_id = l.id join message_label m on m.label_id = l.id
       where l.name = $1 and c.ended_at is null and m.ended_at is null`,
      [name],
    )
  await expect.poll(on).toHaveLength(1)
}

/** Saves the view that is being named; whoever asks for views from now on gets it. */
async function keepView(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Guardar', exact: true }).click()
  await expect(page.getByLabel('Nombre de la vista')).toBeHidden()
}

/** Takes the open view away; nobody who asks gets it any more. */
async function dropView(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Quitar la vista' }).click()
  await expect(page.getByRole('button', { name: 'Guardar esta vista' })).toBeVisible()
}

test('a chat and a message get labels, one tap on a chip filters the list, and a label of another role is nowhere', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const [open, reserved] = [`Promesa ${customer.phone.slice(-5)}`, `Reservada ${customer.phone.slice(-5)}`]
  await sim.writes(customer.phone, { to: number.phone, text: 'Pago el viernes sin falta', customerName: customer.name })
  const boss = await colleague(browser, demo, 'administrator')
  await addLabel(boss, open, { color: 'Eucalipto', description: 'Dijo cuándo paga' })
  await addLabel(boss, reserved, { color: 'Teja', roles: ['Administrador'] })
  await expect(boss.getByText(reserved)).toBeVisible()
  await show(boss, 'etiquetas en ajustes')

  await boss.goto(new URL('/chats', boss.url()).href)
  await openChat(boss, customer.name)
  await boss.getByRole('button', { name: 'Más acciones' }).click()
  await boss.getByRole('button', { name: 'Etiquetar' }).click()
  await show(boss, 'etiquetar un chat')
  await tick(boss, 'Etiquetas del chat', open, reserved)
  await slip(boss, 'Pago el viernes').tap()
  await boss.getByRole('button', { name: 'Etiquetar' }).click()
  await tick(boss, 'Etiquetas del mensaje', open, reserved)
  await expect(slip(boss, 'Pago el viernes').getByRole('link', { name: `Ver los chats con la etiqueta ${open}` })).toBeVisible()
  await show(boss, 'chat y mensaje con etiquetas')

  // Heard without a reload; the label of another role is not in the page at all.
  await expect(row(agent, customer.name).getByText(open)).toBeVisible()
  await show(agent, 'lista con etiquetas')
  // Five facts on the narrowest phone: who, labels, when, the last word, whose it is; when and how many are never cut.
  const size = agent.viewportSize()
  await agent.setViewportSize({ width: 360, height: 740 })
  const line = row(agent, customer.name)
  for (const fact of [customer.name, 'Pago el viernes', 'Sin asignar', open])
    await expect(line.getByText(fact)).toBeInViewport({ ratio: 1 })
  for (const one of [line.locator('time'), line.getByText('1', { exact: true })]) {
    await expect(one).toBeInViewport({ ratio: 1 })
    expect(await one.evaluate((box) => box.scrollWidth <= box.clientWidth || box.clientWidth === 0)).toBe(true)
  }
  await show(agent, 'fila a 360 px')
  if (size) await agent.setViewportSize(size)
  await row(agent, customer.name).getByText(open).click()
  await expect(agent).toHaveURL(/\/chats\?label=/)
  await expect(row(agent, customer.name)).toBeVisible()
  await expect(agent.getByRole('button', { name: `Quitar: ${open}` })).toBeVisible()
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Pago el viernes').getByText(open)).toBeVisible()
  expect(await agent.content()).not.toContain(reserved)
  await boss.context().close()
})

test('filters are chosen, saved under a name, and opened by their address in another session; what was said is found @phone', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const name = `Cobro ${customer.phone.slice(-5)}`
  const word = `comprobante${customer.phone.slice(-5)}`
  await sim.writes(customer.phone, { to: number.phone, text: `Le envío el ${word} mañana`, customerName: customer.name })
  await sim.writes(customer.phone, { to: number.phone, text: 'Gracias por la espera', customerName: customer.name })
  const boss = await colleague(browser, demo, 'administrator')
  await addLabel(boss, name, { color: 'Río' })
  await openChat(agent, customer.name)
  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'Etiquetar' }).click()
  await tick(agent, 'Etiquetas del chat', name)
  await slip(agent, word).tap()
  await agent.getByRole('button', { name: 'Etiquetar' }).click()
  await tick(agent, 'Etiquetas del mensaje', name)
  await arrived(name)

  // Any combination, in one sheet.
  await agent.goto(new URL('/chats', agent.url()).href)
  await agent.getByRole('button', { name: 'Elegir filtros' }).click()
  const sheet = agent.getByRole('dialog', { name: 'Filtros' })
  await sheet.getByLabel('Etiqueta').selectOption({ label: name })
  await sheet.getByLabel('Estado').selectOption({ label: 'Nuevos' })
  await sheet.getByLabel('Agente').selectOption({ label: 'Sin asignar' })
  await show(agent, 'hoja de filtros')
  await sheet.getByRole('button', { name: 'Ver los chats' }).click()
  await expect(row(agent, customer.name)).toBeVisible()
  await expect(agent).toHaveURL(/label=.*state=new/)
  await agent.getByRole('button', { name: 'Guardar esta vista' }).click()
  await agent.getByLabel('Nombre de la vista').fill(`Vista ${name}`)
  await keepView(agent)
  await show(agent, 'lista filtrada y guardada')
  const address = agent.url()

  // The same address, somebody else's session: the same filters, by that person's sight.
  await boss.goto(address)
  await expect(row(boss, customer.name)).toBeVisible()
  await expect(boss.getByRole('button', { name: `Quitar: ${name}` })).toBeVisible()

  // Shared with the company: it stands in everybody's list, and only who may share changes it.
  await boss.getByRole('button', { name: 'Quitar: Nuevos' }).click()
  await boss.getByRole('button', { name: 'Guardar esta vista' }).click()
  await boss.getByLabel('Nombre de la vista').fill(`Todos ${name}`)
  await boss.getByRole('switch', { name: 'Para toda la empresa' }).click()
  await keepView(boss)
  await agent.goto(new URL('/chats', address).href)
  await agent.getByRole('link', { name: `Todos ${name}, de la empresa` }).click()
  await expect(row(agent, customer.name)).toBeVisible()
  await agent.getByRole('button', { name: 'Enlace y vista' }).click()
  await expect(agent.getByRole('button', { name: 'Copiar el enlace' })).toBeVisible()
  await show(agent, 'vista de la empresa')
  await expect(agent.getByRole('button', { name: 'Quitar la vista' })).toBeHidden()
  await agent.getByRole('button', { name: 'Cerrar' }).click()
  await boss.getByRole('button', { name: 'Enlace y vista' }).click()
  await dropView(boss)

  // The single message that carries the label, and the way to it.
  await boss.getByRole('button', { name: 'Mensajes', exact: true }).click()
  await expect(boss.getByRole('link').filter({ hasText: word })).toBeVisible()

  // From anywhere: the view under its name, renamed and taken away.
  await agent.goto(new URL('/chats', address).href)
  await agent.getByRole('link', { name: `Vista ${name}` }).click()
  await expect(row(agent, customer.name)).toBeVisible()
  await agent.getByRole('button', { name: 'Enlace y vista' }).click()
  await agent.getByRole('button', { name: 'Cambiar el nombre' }).click()
  await agent.getByLabel('Nombre de la vista').fill('Para hoy')
  await keepView(agent)
  await agent.goto(new URL('/chats', address).href)
  await expect(agent.getByRole('link', { name: 'Para hoy' })).toBeVisible()
  await show(agent, 'vistas guardadas')
  await agent.getByRole('link', { name: 'Para hoy' }).click()
  await agent.getByRole('button', { name: 'Enlace y vista' }).click()
  await dropView(agent)
  await agent.goto(new URL('/chats', address).href)
  await expect(row(agent, customer.name)).toBeVisible()
  await expect(agent.getByRole('link', { name: 'Para hoy' })).toBeHidden()

  // What was said, found by the beginning of a word, opens at that message.
  await agent.getByRole('button', { name: 'Buscar', exact: true }).click()
  await agent.getByRole('searchbox').fill(word.slice(0, -1).toUpperCase())
  await agent.getByRole('button', { name: 'Buscar en los mensajes' }).click()
  const found = agent.getByRole('link').filter({ hasText: word })
  await expect(found.getByText(word.slice(0, -1), { exact: true })).toBeVisible()
  await show(agent, 'mensajes encontrados')
  await found.click()
  await expect(slip(agent, word)).toBeVisible()
  await expect(agent).toHaveURL(/message=/)
  await boss.context().close()
})
