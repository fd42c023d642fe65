import { expect, personOf, signIn, test } from './demo.ts'
import { sql } from './outside.ts'
import { topUp } from './selling.ts'

const DAY = "interval '25 hours'"

/** The simulated Stripe's account. */
async function stripe(address: string, method: string, path: string, body?: object): Promise<{ items?: { id: string }[] }> {
  const response = await fetch(`${address}/control/stripe${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  expect(response.status, `${method} ${path}`).toBe(200)
  return response.json()
}

test('an operator puts a gateway’s account beside our books, sees what differs and decides over it @phone', async ({
  page,
  demo,
}) => {
  await signIn(page, demo, personOf(demo, 'administrator'))
  await topUp(page, demo)
  const charges = await stripe(demo.simulators.address, 'GET', '/rows/movements?type=charge')
  await stripe(demo.simulators.address, 'POST', `/movements/${charges.items?.at(-1)?.id}`, { amount: 4900 })
  await stripe(demo.simulators.address, 'POST', '/movements', { type: 'payout', amount: 1200 })

  await page.goto(`${demo.address}/settings/operator`)
  await page.getByRole('link', { name: /Conciliación/ }).click()
  await page.getByRole('button', { name: 'Conciliar ahora' }).click()
  await expect(page.getByText('Conciliado hasta este momento')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Saldo en Stripe, USD' })).toBeVisible()
  // Other journeys have written payments into our books that no gateway knows: all of it need not be explained here.
  await expect(page.getByText(/La explican los movimientos que se muestran abajo|Sin explicar/)).toBeVisible()

  // What is younger than a day is no difference yet: a day passes.
  await page
    .getByRole('link', { name: /Stripe.*reciente/ })
    .first()
    .click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Retiro al banco' }).first()).toContainText('Cuadra')
  await expect(page.getByRole('listitem').filter({ hasText: '$49,00' }).first()).toContainText('Reciente')
  await sql(`update recon_item set at = at - ${DAY} where verdict = 'late' and their_sum <> 0`)
  await page.getByRole('button', { name: 'Conciliar este día' }).click()
  await page.getByRole('button', { name: 'Diferencias' }).click()
  const item = page.getByRole('listitem').filter({ hasText: 'Monto distinto' })
  await expect(item).toContainText(/49,00.*50,00/)

  await item.getByRole('button', { name: 'Decidir' }).click()
  const sheet = page.getByRole('dialog', { name: 'Decidir la diferencia' })
  await sheet.getByRole('button', { name: 'Decidir' }).click()
  await expect(sheet.getByText('Escriba el motivo.')).toBeVisible()
  await sheet.getByRole('radio', { name: /Asumirla/ }).check()
  await sheet.getByRole('textbox', { name: 'Motivo' }).fill('La pasarela cobró un dólar menos; caso 4711')
  await sheet.getByRole('button', { name: 'Decidir' }).click()
  await expect(page.getByText('Decisión guardada')).toBeVisible()
  await page.getByRole('button', { name: 'Decididos' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'caso 4711' })).toContainText('asumida')

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^conciliacion-.*\.csv$/)
  await page.getByRole('link', { name: 'Volver' }).click()
  await page.getByRole('button', { name: 'Conciliar ahora' }).click()
  await expect(page.getByText(/Todo cuadra|Nada por decidir/)).toBeVisible()
})

test('nobody but an operator finds it @tablet', async ({ page, demo }) => {
  await signIn(page, demo, personOf(demo, 'supervisor'))
  await page.goto(`${demo.address}/settings/operator/reconciliation`)
  await expect(page.getByText('No se pudo leer')).toBeVisible()
})
