/** Alerts of money as mails: B24-95, B24-98. */
import { violations } from './barriers.ts'
import { expect, test } from './demo.ts'
import { show } from './desk.ts'
import { sql } from './outside.ts'
import { aNewCustomer } from './selling.ts'

test('an administrator has alerts sent to an automation, tries it, sees why one was not taken, and a balance that falls arrives as a mail', async ({
  page,
  demo,
  sim,
  customer,
}) => {
  test.setTimeout(150_000)
  const box = `espiga-${customer.phone}`
  await aNewCustomer(page, demo, sim, [])
  await page.goto(`${demo.address}/settings/balance`)
  await page.getByRole('link', { name: /^Avisos por correo/ }).click()
  await expect(page.getByText('Todavía no se ha enviado nada')).toBeVisible()

  const address = page.getByLabel('Dirección que recibe los avisos')
  await address.fill('https://192.168.1.20/correo')
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Esa dirección no sirve para avisos.')).toBeVisible()
  await address.fill(new URL(`/mail-hook/${box}`, demo.simulators.control).href)
  await page.getByRole('button', { name: 'Guardar' }).click()
  const sheet = page.getByRole('dialog', { name: 'Secreto de la firma' })
  await sim.mailHook(box, { secret: await sheet.locator('code').innerText(), answers: [{ status: 500, body: 'buzón lleno' }] })
  await show(page, 'the secret, shown once')
  await sheet.getByRole('button', { name: 'Cerrar' }).click()

  const rows = page.getByRole('region', { name: 'Últimos envíos' }).getByRole('listitem')
  await page.getByRole('button', { name: 'Enviar prueba' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'buzón lleno' })).toContainText('No entregado')
  await expect(rows.first()).toContainText('buzón lleno')
  await page.getByRole('button', { name: 'Enviar prueba' }).click()
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('Entregado')
  await expect(rows.first()).toContainText('Estado 200')
  expect(await violations(page)).toEqual([])

  // Its balance is 8.50 from now on: the minute's sweep finds it.
  await sql(
    `select ledger_open(account_id, 'USD'), ledger_post('promo:' || new_id(), account_id, 'promo', 'prepaid', 8500000, 'USD', 'promo', 'person', 'x')
     from (select account_id from alert_hook where url like '%' || $1) h`,
    [box],
  )
  await expect(async () => {
    await page.reload()
    await expect(rows.first()).toContainText('Poco saldo', { timeout: 3_000 })
    await expect(rows.first()).toContainText('Entregado', { timeout: 1_000 })
  }).toPass({ timeout: 90_000 })
  await rows.last().scrollIntoViewIfNeeded()
  await show(page, 'alerts that were sent')
  await rows
    .first()
    .getByRole('button', { name: /^Reenviar: Poco saldo/ })
    .click()
  await expect(rows.first()).toContainText('1 intento')
  await expect.poll(async () => (await sim.mails(box)).posts.length).toBe(4)
  const { posts, mails } = await sim.mails(box)
  expect(posts.map(({ signed }) => signed)).toEqual([true, true, true, true])
  // Sent twice under one id, it is one mail.
  expect(mails.map(({ subject }) => subject)).toEqual(['Aviso de prueba de WhatsappB24', 'Queda poco saldo: $8,50'])
  await page.goto(new URL(`/mail-hook/${box}`, demo.simulators.control).href)
  await expect(page.getByRole('heading', { name: 'Queda poco saldo: $8,50' })).toBeVisible()
})
