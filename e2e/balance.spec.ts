import { expect, personOf, signIn, test } from './demo.ts'

test('an administrator tops up on the gateway’s page, sees it credited once it is confirmed, and gets unspent money back @phone', async ({
  page,
  demo,
}) => {
  await signIn(page, demo, personOf(demo, 'administrator'))
  await page.goto(`${demo.address}/settings`)
  await page.getByRole('link', { name: /^Saldo/ }).click()
  await expect(page.getByRole('heading', { name: 'Saldo', level: 1 })).toBeVisible()
  await page.getByLabel('Monto').last().fill('3')
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(page.getByText('Escriba un monto dentro de los límites que se indican.')).toBeVisible()

  await page.getByRole('button', { name: /50/ }).click()
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  // The gateway's own page.
  await expect(page).toHaveURL(/\/stripe\/pay\//)
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()

  await expect(page).toHaveURL(/\/settings\/balance\?topup=/)
  await expect(page.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible()
  const movement = page.getByRole('listitem').filter({ hasText: 'Recarga' }).first()
  await expect(movement).toContainText(/\+.*50,00/)
  await expect(movement.getByRole('link', { name: 'Recibo' })).toHaveAttribute('href', /\/stripe\/receipt\//)

  await movement.getByRole('button', { name: 'Devolver' }).click()
  const sheet = page.getByRole('dialog', { name: 'Devolver dinero' })
  await sheet.getByLabel('Monto').fill('20')
  await sheet.getByRole('button', { name: 'Pedir la devolución' }).click()
  await expect(page.getByText('Devolución hecha.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Devolución' })).toContainText('20,00')
  await page.getByRole('button', { name: 'Consumo' }).click()
  await expect(page.getByText('Nada con estos filtros')).toBeVisible()
})
