/** Each number is bought apart, at either gateway: B24-13, B24-14, B24-72, B24-95, B24-97, B24-98. */
import type { Page } from '@playwright/test'
import { violations } from './barriers.ts'
import { expect, test } from './demo.ts'
import { openChat, show, slip, tick, write } from './desk.ts'
import { downloaded } from './money.ts'
import { sql } from './outside.ts'
import { aJoinedPortal, openIn } from './portal.ts'
import { GATEWAY, aNewCustomer, cardOf, choose, keepOnPage, picks, plansOnSale } from './selling.ts'

test.describe.configure({ timeout: 150_000 })

const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

test('two numbers, two gateways; one renewal fails: it stops sending and not receiving, the other goes on, and one tap pays', async ({
  browser,
  page,
  demo,
  sim,
  customer,
}) => {
  const at = customer.phone.slice(-7)
  const [loja, lima] = [
    { name: `Loja ${at}`, phone: `59361${at}` },
    { name: `Lima ${at}`, phone: `59362${at}` },
  ]
  const plan = `Esencial ${at}`
  const { retire } = await plansOnSale(browser, demo, [{ code: `esencial_${at}`, name: plan, minor: 1500 }])
  await aNewCustomer(page, demo, sim, [loja, lima])
  // Opened by another name of this machine: whoever pays comes back to where they are signed in.
  const home = demo.address.replace('127.0.0.1', 'localhost')
  await page.context().addCookies((await page.context().cookies()).map((one) => ({ ...one, domain: 'localhost' })))
  await page.goto(`${home}/settings/subscriptions`)
  await expect(status(page, '2 números necesitan su atención')).toBeVisible()
  await expect(cardOf(page, loja.name)).toContainText('Sin suscripción')
  expect(await violations(page)).toEqual([])

  await choose(page, loja.name, plan, 'Tarjeta (Stripe)')
  await page.getByRole('radio', { name: /Paga hoy, falla al renovar/ }).check()
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(page).toHaveURL(new RegExp(`^${home}/settings/subscriptions`))
  await expect(cardOf(page, loja.name)).toContainText('Activa')
  await expect(cardOf(page, lima.name)).toContainText('Sin suscripción')
  await expect(status(page, `El número «${lima.name}» no tiene suscripción`)).toBeVisible()

  await choose(page, lima.name, plan, 'PayPal')
  await page.getByRole('button', { name: 'Aceptar y suscribirse' }).click()
  await expect(cardOf(page, lima.name)).toContainText('Activa')
  await show(page, 'two numbers, each with its own subscription')
  await cardOf(page, lima.name).getByRole('button', { name: 'Forma de pago' }).click()
  const means = page.getByRole('dialog', { name: 'Forma de pago' })
  await expect(means.getByRole('link', { name: 'Abrir PayPal' })).toHaveAttribute('href', /^https:\/\/www\.paypal\.com\//)
  expect(await violations(page)).toEqual([])
  await means.getByRole('button', { name: 'Cerrar' }).click()

  const [rosa, pedro] = [customer.name, `Pedro Salas ${at}`]
  await sim.writes(customer.phone, { to: loja.phone, text: '¿Tienen pan de yuca?', customerName: rosa })
  await sim.writes(`59363${at}`, { to: lima.phone, text: '¿A qué hora abren?', customerName: pedro })
  await page.goto(`${home}/chats`)
  await openChat(page, rosa)
  await write(page, 'Sale a las diez')
  await expect(tick(slip(page, 'Sale a las diez'), 'Entregado')).toBeVisible()

  await sim.daysPassAtStripe(31.5)
  const grace = status(page, `El pago del número «${loja.name}» falló. Sigue enviando hasta el`)
  await expect(grace).toBeVisible(GATEWAY)
  await show(page, 'a payment failed, and it sends all the same')
  await write(page, 'Y hoy también')
  await expect(tick(slip(page, 'Y hoy también'), 'Entregado')).toBeVisible()
  await page.getByRole('textbox', { name: 'Mensaje' }).fill('Ya casi lo termino de')

  await sim.daysPassAtStripe(5)
  await expect(status(page, `La suscripción del número «${loja.name}» venció`)).toBeVisible()
  const box = page.getByRole('textbox', { name: 'Mensaje' })
  await expect(box).toBeDisabled()
  await expect(box).toHaveValue('Ya casi lo termino de')
  const composer = page.locator('form.composer')
  await expect(composer).toContainText('recibe mensajes, pero no envía')
  await expect(composer.getByRole('link', { name: 'Pagar' })).toBeVisible()
  await sim.writes(customer.phone, { to: loja.phone, text: '¿Sigue ahí?', customerName: rosa })
  await expect(slip(page, '¿Sigue ahí?')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await show(page, 'it receives and does not send')

  await page.goto(`${home}/chats`)
  await openChat(page, pedro)
  await write(page, 'Abrimos a las siete')
  await expect(tick(slip(page, 'Abrimos a las siete'), 'Entregado')).toBeVisible()

  const paying = page.context().waitForEvent('page')
  await status(page, loja.name).getByRole('link', { name: 'Pagar' }).click()
  const bill = await paying
  await bill.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(bill.getByText('Pagada')).toBeVisible()
  await show(bill, 'the bill')
  await bill.close()
  await expect(status(page, loja.name)).toBeHidden()
  await page.goto(`${home}/chats`)
  await openChat(page, rosa)
  await expect(box).toHaveValue('Ya casi lo termino de')
  await page.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(tick(slip(page, 'Ya casi lo termino de'), 'Entregado')).toBeVisible()
  await retire()
})

test('a plan is changed with its price shown before, new terms are for new subscribers, and what was done is taken back; with its papers', async ({
  browser,
  page,
  demo,
  sim,
  customer,
}) => {
  const at = customer.phone.slice(-7)
  const loja = { name: `Loja ${at}`, phone: `59364${at}` }
  const cuenca = { name: `Cuenca ${at}`, phone: `59365${at}` }
  const [small, large] = [`Esencial ${at}`, `Pleno ${at}`]
  const { operator, retire } = await plansOnSale(browser, demo, [
    { code: `menos_${at}`, name: small, minor: 1500 },
    { code: `mas_${at}`, name: large, minor: 4500 },
  ])
  await aNewCustomer(page, demo, sim, [loja, cuenca])
  await page.goto(`${demo.address}/settings/subscriptions`)
  const card = cardOf(page, loja.name)
  await choose(page, loja.name, small, 'Tarjeta (Stripe)')
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(card).toContainText('Activa')

  await sim.daysPassAtStripe(15)
  await card.getByRole('button', { name: 'Cambiar plan' }).click()
  const sheet = page.getByRole('dialog', { name: `Suscripción de ${loja.name}` })
  await expect(sheet.getByRole('button', { name: 'Cambiar ahora' })).toHaveCount(0)
  await sheet.getByRole('radio', { name: new RegExp(`^${large}`) }).check()
  await sheet.getByRole('button', { name: 'Ver cuánto cuesta' }).click()
  // Half of the month is left: half of the difference.
  await expect(sheet.getByRole('status')).toContainText(/Hoy se cobran \$1[3-6],\d\d\. Desde el .*: \$45,00\./)
  await show(page, 'what a change costs')
  await sheet.getByRole('button', { name: 'Cambiar ahora' }).click()
  await expect(card).toContainText(`${large} · $45,00`)

  // The operator asks more for the smaller plan from now on.
  await operator.goto(`${demo.address}/settings/operator/plans`)
  const offer = operator.getByRole('listitem').filter({ has: operator.getByRole('heading', { name: new RegExp(`^${large}`) }) })
  await offer.getByRole('button', { name: 'Editar' }).click()
  await operator.getByLabel('Precio por número').fill('60.00')
  await operator.getByRole('button', { name: 'Guardar' }).click()
  await expect(offer).toContainText('Versión 2: $60,00')
  await expect(offer).toContainText('Versión 1: $45,00 al mes · 1 número')
  await page.reload()
  await expect(card).toContainText(`${large} · $45,00`)
  await cardOf(page, cuenca.name).getByRole('button', { name: 'Suscribir' }).click()
  const other = page.getByRole('dialog', { name: `Suscripción de ${cuenca.name}` })
  await expect(other.getByRole('radio', { name: new RegExp(`^${large} · \\$60,00`) })).toBeVisible()
  await other.getByRole('button', { name: 'Cerrar' }).click()

  // Another card, with nothing paid.
  await card.getByRole('button', { name: 'Cambiar tarjeta' }).click()
  await keepOnPage(page, 'Aprobada (Mastercard) …4444')
  await expect(page.getByText('Tarjeta cambiada')).toBeVisible()

  await card.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar la suscripción' }).click()
  await expect(card).toContainText('Cancelada: termina el')
  await card.getByRole('button', { name: 'Seguir con ella' }).click()
  await expect(card).toContainText('Pagada hasta el')
  await card.getByRole('button', { name: 'Pausar' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pausar' }).click()
  await expect(card).toContainText('En pausa')
  await expect(status(page, '2 números necesitan su atención')).toBeVisible()
  await card.getByRole('button', { name: 'Reanudar' }).click()
  await expect(card).toContainText('Activa')

  await card.getByRole('button', { name: 'Historia y pagos' }).click()
  const papers = page.getByRole('dialog', { name: `Suscripción de ${loja.name}` })
  await expect(papers).toContainText('$15,00')
  for (const what of [
    'Cambió el plan',
    'Se cambió la tarjeta',
    'Se canceló para el fin del período',
    'Se retiró la cancelación',
    'Se pausó',
  ])
    await expect(papers).toContainText(what)
  await show(page, 'papers and history')
  const bill = await papers.getByRole('link', { name: 'Factura de la pasarela' }).last().getAttribute('href')
  const answer = await page.request.get(bill ?? '')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
  const receipt = await papers.getByRole('link', { name: 'Recibo de la pasarela' }).last().getAttribute('href')
  expect((await page.request.get(receipt ?? '')).status()).toBe(200)
  expect(await downloaded(page, papers.getByRole('button', { name: /^Recibo/ }).last())).toMatch(/^R-\d{6}[.]pdf$/)
  expect(await violations(page)).toEqual([])
  await retire()
})

const demoBuys = (isOn: boolean) =>
  sql(
    `insert into selling (account_id, is_on) select account_id, $1 from person where email = 'admin@demo.local'
     on conflict (account_id) do update set is_on = excluded.is_on`,
    [isOn],
  )

test('in a portal’s frame the gateway’s page opens beside it, and the frame finds out what was paid there @tablet', async ({
  browser,
  page,
  demo,
  number,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const plan = 'Marco de prueba'
  const { retire } = await plansOnSale(browser, demo, [{ code: `marco_${Date.now()}`, name: plan, minor: 1500 }])
  const { portal, opened } = await aJoinedPortal(demo, 'Pagos')
  await demoBuys(true)
  try {
    await openIn(page, portal.domain, await opened(1))
    const frame = page.frameLocator('iframe')
    await frame.getByRole('link', { name: 'Ajustes' }).first().click()
    await frame
      .getByRole('main')
      .getByRole('link', { name: /^Suscripciones/ })
      .click()
    const card = cardOf(frame, number.name)
    await expect(card).toContainText('Sin suscripción')
    const beside = page.context().waitForEvent('page', { timeout: 40_000 })
    await picks(frame, number.name, plan, 'Tarjeta (Stripe)')
    const bill = await beside
    await bill.getByRole('button', { name: 'Pagar con tarjeta' }).click()
    await expect(bill.getByRole('heading', { name: 'Ya puede cerrar esta ventana' })).toBeVisible()
    await bill.close()
    // By its key: what is told of numbers comes over the page and moves it, and in a frame Playwright does not see what it hits.
    await card.getByRole('button', { name: 'Ya pagué: comprobar' }).press('Enter')
    await expect(card).toContainText('Activa', GATEWAY)
    await show(page, 'paid beside the portal')
  } finally {
    await demoBuys(false)
  }
  await retire()
})
