/** Our tab in a card of the CRM, on the simulated portal's own page: B24-08, B24-44, B24-83. */
import { tick } from './desk.ts'
import { expect, test } from './demo.ts'
import { aJoinedPortal } from './portal.ts'

test('the client’s chat is a tab of their card; who has never written gets a template first @phone @desktop', async ({
  page,
  demo,
  sim,
  customer,
  number,
}) => {
  const isPhone = test.info().project.name === 'phone'
  // Inside Bitrix24's app on the narrowest phone.
  if (isPhone) await page.setViewportSize({ width: 360, height: 740 })
  const { portal, item } = await aJoinedPortal(demo, isPhone ? 'Ficha' : 'Ficha ancha')
  await sim.writes(customer.phone, { to: number.phone, text: 'Buenas, ¿me confirma?', customerName: customer.name })
  const known = await item(3, 'Rosa', `+${customer.phone}`)
  const fresh = await item(3, 'Nueva', `+5939${String(Date.now()).slice(-8)}`)

  await page.goto(`http://${portal.domain}/#/crm/3:${known}`)
  await page.getByRole('tab', { name: 'WhatsApp' }).click()
  const frame = page.frameLocator('iframe')
  await expect(frame.getByText('Buenas, ¿me confirma?')).toBeVisible()
  await expect(frame.getByText('1 mensaje sin responder')).toBeVisible()
  await frame.getByRole('textbox', { name: 'Mensaje' }).fill('Confirmado, Rosa')
  await frame.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(tick(frame.getByRole('article').filter({ hasText: 'Confirmado, Rosa' }), 'Entregado')).toBeVisible()
  await expect(frame.getByText('Nada por responder')).toBeVisible()
  await test.info().attach('card-chat', { body: await page.screenshot(), contentType: 'image/png' })

  // One tap opens the app in the phone's own browser, signed in; elsewhere nobody is offered it.
  const offer = frame.getByRole('button', { name: 'Abrir WhatsappB24' })
  if (isPhone) {
    const opened = page.context().waitForEvent('page')
    // Not by its place: the portal's own bar stands over the frame when it was scrolled.
    await offer.press('Enter')
    const own = await opened
    await expect(own).toHaveURL(/\/chats/)
    await expect(own.getByRole('link', { name: new RegExp(customer.name) }).first()).toBeVisible()
    await test.info().attach('card-own-browser', { body: await own.screenshot(), contentType: 'image/png' })
    await own.close()
  } else await expect(offer).toBeHidden()

  await page.goto(`http://${portal.domain}/#/crm/3:${fresh}`)
  await page.getByRole('tab', { name: 'WhatsApp' }).click()
  await frame.getByRole('button', { name: 'Escribir primero' }).click()
  await test.info().attach('card-first', { body: await page.screenshot(), contentType: 'image/png' })
  await frame.getByRole('dialog').getByRole('button', { name: 'Escribir primero' }).click()
  await frame.getByRole('button', { name: /recordatorio_pago/ }).click()
  for (const [n, value] of ['Nueva', '$ 20', 'mañana'].entries()) await frame.getByLabel(`Dato ${n + 1}`).fill(value)
  await frame.getByRole('button', { name: 'Enviar plantilla' }).click()
  const sent = frame.getByRole('article').filter({ hasText: 'Buenos días, Nueva.' })
  await expect(tick(sent, 'Entregado')).toBeVisible()
  await test.info().attach('card-template', { body: await page.screenshot(), contentType: 'image/png' })

  const over = await frame
    .locator('html')
    .evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
      scrollWidth - clientWidth,
      scrollHeight - clientHeight,
    ])
  expect(Math.max(...over)).toBeLessThanOrEqual(0)
})
