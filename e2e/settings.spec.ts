import { colleague, expect, personOf, signIn, test } from './demo.ts'
import { openChat, slip, tick, write } from './desk.ts'

test('the app speaks three languages and keeps light and dark, also after a reload @phone', async ({ page, demo }) => {
  await signIn(page, demo, personOf(demo, 'agent'))
  await page.getByRole('link', { name: 'Ajustes' }).click()
  /** The screen speaks it at once; the server, which says it after a reload and to other browsers, knows it by its answer. */
  const chooses = async (name: string) => {
    const known = page.waitForResponse((answer) => answer.url().endsWith('/api/session/language') && answer.ok())
    await page.getByRole('button', { name }).click()
    await known
  }
  await chooses('English')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await chooses('Português')
  await expect(page.getByRole('button', { name: 'Escuro' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Escuro' })).toBeVisible()
  await chooses('Español')
  await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible()

  await page.getByRole('button', { name: 'Oscuro' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Claro' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('a supervisor pauses a number: the message waits in sight, and goes when it resumes @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿a qué hora abren?', customerName: customer.name })
  await openChat(agent, customer.name)
  const supervisor = await colleague(browser, demo, 'supervisor')
  await supervisor.goto(`${demo.address}/settings/channels`)
  await supervisor.getByRole('link', { name: number.name }).click()
  const sending = supervisor.getByRole('article').filter({ hasText: number.name }).getByRole('switch', { name: 'Enviar' })
  await expect(sending).toBeChecked()
  await sending.click()
  await expect(sending).not.toBeChecked()

  await expect(agent.getByRole('status').filter({ hasText: 'en pausa' })).toBeVisible()
  await write(agent, 'Abrimos a las nueve')
  const waiting = slip(agent, 'Abrimos a las nueve')
  await expect(tick(waiting, 'En espera')).toBeVisible()
  // The server holds it, not the phone: it is there for everybody.
  await agent.reload()
  await expect(tick(waiting, 'En espera')).toBeVisible()
  expect(await sim.received(customer.phone)).toHaveLength(0)

  await sending.click()
  await expect(sending).toBeChecked()
  await expect(tick(waiting, 'Entregado')).toBeVisible()
  expect(await sim.received(customer.phone)).toHaveLength(1)
  await supervisor.context().close()
})
