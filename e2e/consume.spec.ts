/** A balance that messages use up: who writes reads why one did not go, tops up from there, and it goes: B24-60 to B24-63, B24-95. */
import type { Page } from '@playwright/test'
import { violations } from './barriers.ts'
import { colleague, expect, test } from './demo.ts'
import { openChat, show, slip, tick } from './desk.ts'
import { downloaded } from './money.ts'
import { aJoinedPortal, openIn } from './portal.ts'
import { aNewCustomer, GATEWAY } from './selling.ts'

test.describe.configure({ timeout: 120_000 })

const DAY_MS = 24 * 3_600_000

/** Fills the template in and sends it; what it costs is read before. */
async function sendReminder(page: Page, day: string, cost: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Enviar una plantilla' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: /recordatorio_pago/ }).click()
  await expect(sheet.getByText(cost)).toBeVisible()
  for (const [n, text] of ['Rosa', '$ 12,00', day].entries()) await sheet.getByLabel(`Dato ${n + 1}`).fill(text)
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
}

test('messages of a number that we pay for use a balance up; the next one stays with its reason, a top-up is one tap away, and then it goes @phone', async ({
  browser,
  page,
  demo,
  sim,
  customer,
}) => {
  const at = customer.phone.slice(-7)
  const loja = { name: `Loja ${at}`, phone: `59367${at}` }
  const company = await aNewCustomer(page, demo, sim, [loja], false)

  // The operator pays for what this number sends, and gives two cents: one reminder, and not a second one.
  const operator = await colleague(browser, demo, 'administrator')
  await operator.goto(`${demo.address}/settings/operator/customers/${company}`)
  const pays = operator.getByRole('switch', { name: 'Pagamos sus mensajes al proveedor' })
  await expect(pays).not.toBeChecked()
  await pays.click()
  await expect(pays).toBeChecked()
  await expect(operator.getByText(/tarifas que nadie ha confirmado/)).toBeVisible()
  await operator.getByRole('button', { name: 'Abonar o corregir' }).click()
  const decision = operator.getByRole('dialog', { name: 'Abonar o corregir el saldo' })
  await decision.getByLabel('Monto').fill('0,02')
  await decision.getByLabel('Motivo').fill('Para probar el servicio')
  await decision.getByRole('button', { name: 'Aplicar' }).click()
  await expect(operator.getByText('Hecho. Disponible ahora:')).toBeVisible()
  await show(operator, 'who pays, in the console')

  await sim.writes(customer.phone, { to: loja.phone, text: '¿Hay pan de yuca?', customerName: customer.name })
  await page.goto(`${demo.address}/chats`)
  await openChat(page, customer.name)
  await sim.ages(customer.phone, DAY_MS + 60_000)
  await page.reload()
  const box = page.getByRole('textbox', { name: 'Mensaje' })
  await sendReminder(page, 'lunes', /^Cuesta .*0,0142 \(Utilidad, Ecuador\)\. Saldo: .*0,02/)
  await expect(tick(slip(page, 'vence el lunes'), 'Entregado')).toBeVisible()
  await slip(page, 'vence el lunes').locator('time').tap()
  await page.getByRole('button', { name: 'Detalles' }).click()
  await expect(page.getByRole('dialog').getByText(/Costo: plantilla de utilidad \(Ecuador\)/)).toBeVisible()
  expect(await violations(page)).toEqual([])
  await show(page, 'what a message cost')
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click()

  await sendReminder(page, 'martes', /El saldo de la empresa no alcanza/)
  const refused = slip(page, 'vence el martes')
  await expect(refused.getByText('No hay saldo para pagar este mensaje.')).toBeVisible()
  await expect(refused.getByText('No se envió.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await show(page, 'a message that nobody can pay')

  await refused.getByRole('link', { name: 'Recargar el saldo' }).click()
  await expect(page.getByRole('heading', { name: 'Saldo', level: 1 })).toBeVisible()
  await page.getByRole('region', { name: 'Datos de los recibos' }).getByRole('button', { name: 'Completar' }).click()
  const fiscal = page.getByRole('dialog', { name: 'Datos de los recibos' })
  await fiscal.getByLabel('Nombre o razón social').fill('Panadería La Espiga С.А.')
  await fiscal.getByLabel('Número tributario').fill('1191234567001')
  await fiscal.getByRole('button', { name: 'Guardar' }).click()
  await expect(fiscal.getByText('Escríbalo con letras latinas')).toBeVisible()
  await fiscal.getByLabel('Nombre o razón social').fill('Panadería La Espiga S. A.')
  await fiscal.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByRole('region', { name: 'Datos de los recibos' })).toContainText('1191234567001')

  await page.getByRole('button', { name: 'Pagar con PayPal' }).click()
  // A simulated gateway reads its descriptions when it is first asked: seconds, on a busy machine.
  await page.waitForURL(/\/checkoutnow/, GATEWAY)
  await page.getByRole('button', { name: /Pagar|Aceptar/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible(GATEWAY)
  const paid = page.getByRole('listitem').filter({ hasText: 'Recarga' }).first()
  await expect(paid).toContainText('PayPal')
  expect(await downloaded(page, paid.getByRole('button', { name: /^Recibo/ }))).toMatch(/^R-\d{6}[.]pdf$/)
  await show(page, 'a balance with its papers')

  await page.goto(`${demo.address}/chats`)
  await openChat(page, customer.name)
  await expect(refused).toContainText('No hay saldo para pagar este mensaje.')
  await refused.getByRole('button', { name: 'Reintentar' }).click()
  await expect(tick(refused, 'Entregado')).toBeVisible()
  expect(await sim.received(customer.phone, 'template')).toHaveLength(2)
  await expect(box).toBeEmpty()
})

test('in a portal’s frame the balance is topped up beside it, and its receipt comes as a file @desktop', async ({
  page,
  demo,
}) => {
  const { portal, opened } = await aJoinedPortal(demo, 'Saldo')
  await openIn(page, portal.domain, await opened(1))
  const frame = page.frameLocator('iframe')
  await frame.getByRole('link', { name: 'Ajustes' }).first().click()
  await frame
    .getByRole('main')
    .getByRole('link', { name: /^Saldo/ })
    .click()
  await frame.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  const way = frame.getByRole('link', { name: 'Continuar el pago' })
  // A simulated gateway reads its descriptions when it is first asked: seconds, on a busy machine.
  await expect(way).toBeVisible(GATEWAY)
  const beside = page.context().waitForEvent('page')
  await way.click()
  const bill = await beside
  await bill.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(bill.getByRole('heading', { name: 'Ya puede cerrar esta ventana' })).toBeVisible()
  await bill.close()
  await expect(frame.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible(GATEWAY)
  await show(page, 'the balance in a portal')
  const paid = frame.getByRole('listitem').filter({ hasText: 'Recarga' }).first()
  expect(await downloaded(page, paid.getByRole('button', { name: /^Recibo/ }))).toMatch(/^R-\d{6}[.]pdf$/)
  await page.setViewportSize({ width: 390, height: 844 })
  await frame.getByRole('heading', { name: 'Movimientos' }).scrollIntoViewIfNeeded()
  await show(page, 'the balance in a portal on a phone')
})
