import type { Page } from '@playwright/test'
import { expect, personOf, signIn, test } from './demo.ts'
import { aCustomer, aDeadEvent, ofNobody } from './money.ts'

const reason = 'Lo acordamos por teléfono'

async function atConsole(page: Page, demo: Parameters<typeof signIn>[1]): Promise<void> {
  await signIn(page, demo, personOf(demo, 'administrator'))
  await page.goto(`${demo.address}/settings/operator`)
  await expect(page.getByRole('heading', { name: 'Consola del operador', level: 1 })).toBeVisible()
}

test('an operator gives strange money to its company, credits it with a reason, and finds both in the log', async ({
  page,
  demo,
}) => {
  const company = `Panadería ${Date.now()}`
  await aCustomer(company)
  const ref = await ofNobody(17_000_000)
  await atConsole(page, demo)
  await expect(page.getByRole('status').filter({ hasText: /espera/ })).toBeVisible()
  await page.getByRole('link', { name: /^Pagos sin dueño/ }).click()
  const card = page.getByRole('listitem').filter({ hasText: ref })
  await expect(card).toContainText('17,00')
  await card.getByRole('button', { name: 'Asignar a una empresa' }).click()
  const sheet = page.getByRole('dialog', { name: '¿De quién es este pago?' })
  await sheet.getByRole('button', { name: 'Asignar', exact: true }).click()
  await expect(sheet.getByText('Escriba el motivo')).toBeVisible()
  await sheet.getByLabel('Buscar una empresa').fill(company)
  await sheet.getByRole('button', { name: new RegExp(company) }).click()
  await sheet.getByLabel('Motivo').fill(reason)
  await sheet.getByRole('button', { name: 'Asignar', exact: true }).click()
  await expect(card).toHaveCount(0)

  await page.getByRole('link', { name: 'Volver' }).click()
  await page.getByRole('link', { name: /^Clientes/ }).click()
  await page.getByLabel('Buscar una empresa').fill(company)
  await page.getByRole('link', { name: new RegExp(company) }).click()
  await expect(page.getByRole('heading', { name: company, level: 1 })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Pago identificado' })).toContainText(reason)
  await page.getByRole('button', { name: 'Abonar o corregir' }).click()
  const decision = page.getByRole('dialog', { name: 'Abonar o corregir el saldo' })
  await decision.getByLabel('Monto').fill('12,5')
  await decision.getByLabel('Motivo').fill('Por la demora del jueves')
  await decision.getByRole('button', { name: 'Aplicar' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Regalo' })).toContainText(/12,50/)
  await page.getByRole('link', { name: 'Ver todo lo que hicimos con esta empresa' }).click()
  const log = page.getByRole('listitem')
  await expect(log.filter({ hasText: 'Asignó un pago sin dueño' })).toContainText(reason)
  await expect(log.filter({ hasText: 'Regaló saldo' })).toContainText(/12,50/)
})

test('an operator lets a company spend although a payment is disputed, and sets a dead notice aside', async ({ page, demo }) => {
  const company = `Botica ${Date.now()}`
  const { dispute } = await aCustomer(company)
  await aDeadEvent()
  await atConsole(page, demo)
  await page.getByRole('link', { name: /^Disputas/ }).click()
  const card = page.getByRole('listitem').filter({ hasText: company })
  await expect(card).toContainText('Mientras está abierta, la empresa no puede usar su saldo')
  await expect(card.getByRole('link', { name: 'Responder en la pasarela' })).toHaveAttribute('href', new RegExp(dispute))
  await card.getByRole('button', { name: 'Dejar usar el saldo' }).click()
  const sheet = page.getByRole('dialog', { name: 'Dejar usar el saldo' })
  await sheet.getByLabel('Motivo').fill(reason)
  await sheet.getByRole('button', { name: 'Dejar usar el saldo' }).click()
  await expect(card).toContainText('Puede usar su saldo')

  await page.getByRole('link', { name: 'Volver' }).click()
  await page.getByRole('link', { name: /^Avisos sin procesar/ }).click()
  const events = page.getByRole('listitem').filter({ hasText: 'PAYMENT.CAPTURE.REFUNDED' })
  await expect(events.first()).toBeVisible()
  const before = await events.count()
  await events.first().getByRole('button', { name: 'Apartar' }).click()
  const aside = page.getByRole('dialog', { name: 'Apartar el aviso' })
  await aside.getByLabel('Motivo').fill('Ya se devolvió a mano')
  await aside.getByRole('button', { name: 'Apartar' }).click()
  await expect(events).toHaveCount(before - 1)
})

test('for who does not run the service the console is empty @phone', async ({ page, demo }) => {
  await signIn(page, demo, personOf(demo, 'supervisor'))
  await page.goto(`${demo.address}/settings/operator`)
  await expect(page.getByText('Esta página es de quienes llevan el servicio.')).toBeVisible()
})
