import type { Locator, Page } from '@playwright/test'
import { openChat, slip, tick, write } from './desk.ts'
import { expect, test } from './demo.ts'

test.beforeEach(async ({ agent, customer, sim, number }) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'sigo esperando', customerName: customer.name })
  await openChat(agent, customer.name)
})

async function openDetails(page: Page, of: Locator): Promise<Locator> {
  await of.locator('time').tap()
  await page.getByRole('button', { name: 'Detalles' }).click()
  const sheet = page.getByRole('dialog', { name: 'Detalles del mensaje' })
  await expect(sheet).toBeVisible()
  return sheet
}

test('a message that failed says why and what to do; its way is told; retrying sends it @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.misbehave({ target: 'meta', number: number.phone, failStatus: 131_047 })
  await write(agent, 'Le escribo por su saldo')
  const failed = slip(agent, 'Le escribo por su saldo')
  await expect(tick(failed, 'No se envió')).toBeVisible()
  await expect(failed).toContainText('No se envió. Su mensaje está guardado.')
  await expect(failed).toContainText('24 horas')

  const sheet = await openDetails(agent, failed)
  await expect(sheet).toContainText('Camino del mensaje')
  await expect(sheet).toContainText('131047')
  await expect(sheet).toContainText('24 horas')
  await agent.goBack()
  await expect(sheet).toBeHidden()

  await sim.behave()
  await failed.getByRole('button', { name: 'Reintentar' }).click()
  await expect(tick(failed, 'Entregado')).toBeVisible()
  await expect(failed).not.toContainText('No se envió.')
  expect(await sim.received(customer.phone)).toHaveLength(2)
})

test('a lost answer is said to be unconfirmed and never sent again by itself @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.misbehave({ target: 'meta', number: number.phone, dropAnswer: true, delayStatusesMs: 30_000 })
  await write(agent, 'Su cuota vence hoy')
  const unsure = slip(agent, 'Su cuota vence hoy')
  await expect(tick(unsure, 'Sin confirmar')).toBeVisible()
  await expect(unsure).toContainText('No sabemos si llegó')
  await unsure.getByRole('button', { name: 'Descartar' }).click()
  await expect(tick(unsure, 'Descartado')).toBeVisible()
  expect(await sim.received(customer.phone)).toHaveLength(1)
})
