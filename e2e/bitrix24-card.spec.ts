/** Our tab in a card of the CRM, on the simulated portal's own page: B24-08, B24-44, B24-83. */
import { z } from 'zod'
import { asker } from '../scripts/asker.ts'
import { joinPortal } from '../scripts/join-portal.ts'
import { tick } from './desk.ts'
import { expect, personOf, test } from './demo.ts'
import { aPortal } from './portal-page.ts'

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

/** A portal whose first administrator is the demo's: joined with a code, as the installer's page asks for it. */
async function aJoinedPortal(demo: Parameters<typeof personOf>[0], name: string) {
  const portal = await aPortal(demo, name, 3)
  const { email, password } = personOf(demo, 'administrator')
  const anyone = asker(demo.address)
  const { token } = z.looseObject({ token: z.string() }).parse(await anyone('POST', '/api/session', { email, password }))
  const world = { control: asker(demo.simulators.control), api: asker(`${demo.address}/api`, token), anyone }
  await joinPortal(world, portal.id)
  const item = async (typeId: number, title: string, phone: string) => {
    const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone }]
    const made = await portal.tell('POST', 'item', { typeId, fields: { name: title, fm } })
    return z.looseObject({ number: z.number() }).parse(made).number
  }
  return { portal, item }
}
