/** The company's people, as an administrator and those whom it concerns see it: nothing waits for a reload. */
import type { Page } from '@playwright/test'
import { openChat, row, slip, write } from './desk.ts'
import { colleague, expect, personOf, signIn, test } from './demo.ts'
import { sql } from './outside.ts'

test.afterEach(async () => {
  await sql("update role set changes = '{}', rev = rev + 1 where changes <> '{}' and not is_own")
  await sql('update person set deactivated_at = null where deactivated_at is not null')
})

/** Turns a switch of the matrix as a hand does, reviews what it would do, and applies it. */
async function turn(admin: Page, role: string, permission: string): Promise<void> {
  await admin.goto(`${new URL(admin.url()).origin}/settings/roles`)
  await expect(admin.getByRole('heading', { name: 'Roles y permisos' })).toBeVisible()
  const picker = admin.getByLabel('Rol', { exact: true })
  const cell = admin.getByRole('switch', { name: `${permission}, ${role}` })
  await expect(picker.or(cell).first()).toBeVisible()
  if (await picker.isVisible()) {
    const name = (await picker.locator('option').allTextContents()).find((text) => text.startsWith(role))
    await picker.selectOption({ label: name ?? role })
  }
  await cell.click()
  await admin.getByRole('button', { name: 'Revisar cambios' }).click()
  await expect(admin.getByRole('dialog').getByText(permission)).toBeVisible()
  await admin.getByRole('dialog').getByRole('button', { name: 'Aplicar', exact: true }).click()
  await expect(admin.getByRole('dialog')).toBeHidden()
}

test('a role that changes changes the screen of whoever is online, with no reload', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Buenos días', customerName: customer.name })
  await openChat(agent, customer.name)
  const queue = agent.getByRole('button', { name: 'Iniciar chat' })
  await agent.evaluate(() => Object.assign(window, { untouched: true }))
  const admin = await colleague(browser, demo, 'administrator')
  await turn(admin, 'Agente', 'Ver la cola')
  // The chat is nobody's: without the queue it is not the agent's to see.
  await expect(slip(agent, 'Buenos días')).toBeHidden()
  await expect(row(agent, customer.name)).toBeHidden()

  await turn(admin, 'Agente', 'Ver la cola')
  await agent.goto(`${demo.address}/chats`)
  await expect(row(agent, customer.name)).toBeVisible()
  await agent.evaluate(() => Object.assign(window, { untouched: true }))
  await turn(admin, 'Agente', 'Iniciar chats')
  await expect(queue).toBeHidden()
  expect(await agent.evaluate(() => 'untouched' in window)).toBe(true)
  await admin.context().close()
})

test('somebody who is deactivated is on the sign-in page at once, and their chat is back in the queue', async ({
  browser,
  customer,
  demo,
  sim,
  number,
  agent,
}) => {
  const leaving = await colleague(browser, demo, 'agent')
  await sim.writes(customer.phone, { to: number.phone, text: 'Quisiera pagar', customerName: customer.name })
  await openChat(leaving, customer.name)
  await write(leaving, 'Con gusto le ayudo')
  await expect(slip(leaving, 'Con gusto le ayudo')).toBeVisible()
  await expect(row(agent, customer.name)).toBeHidden()

  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/people`)
  await admin.getByText(personOf(demo, 'agent').name).click()
  await admin.getByRole('button', { name: 'Desactivar' }).click()
  await admin.getByRole('dialog', { name: '¿Desactivar a' }).getByRole('button', { name: 'Desactivar', exact: true }).click()
  await expect(leaving.getByLabel('Correo')).toBeVisible()
  await expect(row(agent, customer.name)).toBeVisible()
  await leaving.context().close()
  await admin.context().close()
})

test('an administrator invites somebody, who sets a password by the link and is at work', async ({ browser, demo }) => {
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/people`)
  await admin.getByRole('button', { name: 'Invitar' }).click()
  const email = `nueva-${test.info().project.name}@demo.local`
  await sql('update person set email = email || id where email = $1', [email])
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Nombre').fill('Lucía Paredes')
  await sheet.getByLabel('Correo').fill(email)
  await sheet.getByLabel('Rol', { exact: true }).selectOption({ label: 'Agente' })
  await sheet.getByRole('button', { name: 'Invitar' }).click()
  const link = await admin
    .getByRole('dialog')
    .getByText(/\/enlace\//)
    .first()
    .textContent()
  expect(link).toContain('/enlace/')

  const context = await browser.newContext(test.info().project.use)
  const page = await context.newPage()
  await page.goto((link ?? '').trim())
  await expect(page.getByText('Lucía Paredes')).toBeVisible()
  await page.getByLabel('Clave', { exact: true }).fill('montaña azul 1984')
  await page.getByRole('button', { name: /Entrar|Guardar|Empezar/ }).click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()

  const again = await (await browser.newContext(test.info().project.use)).newPage()
  await again.goto((link ?? '').trim())
  await expect(again.getByText(/ya se usó|no sirve|venció/)).toBeVisible()
  await signIn(again, demo, { name: '', role: 'agent', email, password: 'montaña azul 1984' })
  for (const one of [admin, page, again]) await one.context().close()
})
