import type { Page } from '@playwright/test'
import { colleague, expect, personOf, signIn, test } from './demo.ts'
import { downloaded } from './money.ts'
import { aMinutePasses, sql } from './outside.ts'
import { GATEWAY, keepOnPage } from './selling.ts'

/** Tops up on the gateway's page with a card that may be charged again. */
async function keepCard(page: Page, card: string): Promise<void> {
  await page.getByRole('checkbox', { name: /Guardar (la|esta) tarjeta/ }).check()
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await payOnPage(page, card)
}

async function payOnPage(page: Page, card: string): Promise<void> {
  await expect(page).toHaveURL(/\/stripe\/pay\//, GATEWAY)
  await page.getByRole('radio', { name: card }).check()
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible(GATEWAY)
}

/** Messages bring the balance of the demo company down to this. */
const spendDownTo = (units: number) =>
  sql(
    `select ledger_post('msg:' || new_id(), a.account_id, 'prepaid', 'revenue_messages', a.credits - a.debits - a.held - $1::bigint, 'USD', 'message', 'message', 'x')
     from ledger_account a join account c on c.id = a.account_id and c.name like '%(demo)'
     where a.kind = 'prepaid' and a.credits - a.debits - a.held > $1::bigint`,
    [units * 1_000_000],
  )

/** Long enough to be drawn after a reload. */
const DRAWN = { timeout: 3_000 }
const available = (page: Page) => page.getByText('Disponible', { exact: true }).locator('..')

/** What is charged by itself is charged within a minute, and read when the screen is opened again. */
async function afterAMinute(page: Page, sees: () => Promise<void>): Promise<void> {
  aMinutePasses()
  await expect(async () => {
    await page.reload()
    await sees()
  }).toPass({ timeout: 30_000 })
}

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
  await expect(page).toHaveURL(/\/stripe\/pay\//, GATEWAY)
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()

  await expect(page).toHaveURL(/\/settings\/balance\?topup=/)
  await expect(page.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible(GATEWAY)
  const movement = page.getByRole('listitem').filter({ hasText: 'Recarga' }).first()
  await expect(movement).toContainText(/\+.*50,00/)
  await expect(movement.getByRole('link', { name: 'Recibo de la pasarela' })).toHaveAttribute('href', /\/stripe\/receipt\//)
  expect(await downloaded(page, movement.getByRole('button', { name: /^Recibo/ }))).toMatch(/^R-\d{6}[.]pdf$/)

  await movement.getByRole('button', { name: 'Devolver' }).click()
  const sheet = page.getByRole('dialog', { name: 'Devolver dinero' })
  await sheet.getByLabel('Monto').fill('20')
  await sheet.getByRole('button', { name: 'Pedir la devolución' }).click()
  await expect(page.getByText('Devolución hecha.')).toBeVisible(GATEWAY)
  const refund = page.getByRole('listitem').filter({ hasText: 'Devolución' })
  await expect(refund).toContainText('20,00')
  expect(await downloaded(page, refund.getByRole('button', { name: /^Nota de crédito/ }))).toMatch(/^NC-\d{6}[.]pdf$/)
  await page.getByRole('button', { name: 'Consumo' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Recarga' })).toHaveCount(0)
})

test('a balance that messages have used up fills itself; a card that fails stops it and says so, and one tap mends it; a reached ceiling is told @tablet', async ({
  browser,
  demo,
}) => {
  test.setTimeout(150_000)
  const page = await colleague(browser, demo, 'administrator')
  await page.goto(`${demo.address}/settings/balance`)
  const rule = page.getByRole('region', { name: 'Recarga automática' })
  await expect(rule.getByText('El saldo puede recargarse solo.')).toBeVisible()
  // A card is kept with nothing paid.
  await rule.getByRole('button', { name: 'Guardar una tarjeta' }).click()
  await keepOnPage(page, 'Aprobada (Mastercard) …4444')
  await expect(page).toHaveURL(`${demo.address}/settings/balance`)
  await expect(page.getByText('Tarjeta guardada')).toBeVisible(GATEWAY)
  await expect(rule.getByText('mastercard ····4444')).toBeVisible()
  await keepCard(page, 'Paga hoy, falla al renovar')
  await expect(rule.getByText('visa ····0341')).toBeVisible()
  await rule.getByLabel('Cuando baje de').fill('20')
  await rule.getByLabel('Recargar hasta').fill('50')
  await rule.getByLabel('Tope al mes').fill('100')
  await spendDownTo(15)
  await rule.getByRole('button', { name: 'Activar' }).click()
  await expect(rule.getByText('El último cobro no se pudo hacer.')).toBeVisible(GATEWAY)
  await expect(page.getByRole('status').filter({ hasText: 'La tarjeta no tiene fondos.' })).toBeVisible()

  // The day goes on: a second one has failed, and it is time for the third.
  await sql('update balance_choice set failures = 2')
  await sql("update topup set settled_at = settled_at - interval '7 hours' where kind = 'automatic'")
  await afterAMinute(page, () => expect(rule.getByText('El banco rechazó tres cobros seguidos')).toBeVisible(DRAWN))
  await expect(rule.getByText('Detenida')).toBeVisible()

  await rule.getByRole('button', { name: /^Pagar .*35,00.* y guardar la tarjeta$/ }).click()
  await payOnPage(page, 'Aprobada …4242')
  await expect(rule.getByText('Activa', { exact: true })).toBeVisible()
  await expect(rule.getByText('visa ····4242')).toBeVisible()
  await spendDownTo(12)
  await afterAMinute(page, () => expect(available(page)).toContainText('50,00', DRAWN))
  await expect(rule.getByText(/Este mes: .*38,00.* de .*100,00/)).toBeVisible()

  // The messages of a day are one line, until each is asked for.
  const filled = page.getByRole('listitem').filter({ hasText: 'Recarga automática' })
  await expect(filled).toContainText('+$38,00')
  await expect(filled).toContainText('Saldo $50,00')
  const day = page.getByRole('listitem').filter({ hasText: '2 mensajes' })
  await expect(day).toContainText('Saldo $12,00')
  await day.getByRole('button', { name: 'Ver cada uno' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Mensaje' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Todo', exact: true }).click()

  await rule.getByLabel('Tope al mes').fill('50')
  await rule.getByRole('button', { name: 'Guardar' }).click()
  // Until it is kept a charge would go by the former ceiling, and a reload would break it off.
  await expect(rule.getByText(/Este mes: .*38,00.* de .*50,00/)).toBeVisible(GATEWAY)
  await spendDownTo(0)
  await afterAMinute(page, () => expect(rule.getByText('Llegó al tope de este mes')).toBeVisible(DRAWN))
  await rule.getByRole('button', { name: 'Olvidar' }).click()
  await expect(rule.getByText('Desactivada')).toBeVisible()
})
