import { openChat, row, slip, tick, write } from './desk.ts'
import { expect, test } from './demo.ts'

test('«hola» is in the inbox within a second; the answer goes sent, delivered, read on both sides', async ({
  agent,
  customer,
}) => {
  const phone = await customer.phonePage()
  const others = await phone.context().newPage()
  await phone.bringToFront()
  await phone.getByRole('textbox', { name: 'Mensaje' }).fill('hola')
  await phone.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(row(agent, customer.name)).toBeVisible({ timeout: 1_000 })
  await expect(row(agent, customer.name)).toContainText('hola')
  await expect(row(agent, customer.name).getByLabel('1 mensaje sin responder')).toBeVisible()

  await openChat(agent, customer.name)
  await expect(slip(agent, 'hola')).toBeVisible()
  // Our reading is their blue tick.
  await expect(phone.getByRole('listitem').filter({ hasText: 'hola' }).getByRole('img', { name: 'Leído' })).toBeVisible()

  // The customer looks at something else: the answer arrives and is not read.
  await phone.getByRole('button', { name: 'Volver a las empresas' }).click()
  await write(agent, 'Buenos días, ¿en qué le ayudo?')
  const answer = slip(agent, 'en qué le ayudo')
  await expect(tick(answer, 'Entregado')).toBeVisible()
  await phone.getByRole('button').filter({ hasText: 'en qué le ayudo' }).click()
  await expect(tick(answer, 'Leído')).toBeVisible()
  await others.close()
})

test('each tick is seen on its way, whatever the order in which the provider tells them', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'buenas', customerName: customer.name })
  await openChat(agent, customer.name)
  await sim.misbehave({ target: 'meta', number: number.phone, delayStatusesMs: 1_000 })
  await write(agent, 'Su pedido salió hoy')
  await expect(tick(slip(agent, 'Su pedido salió hoy'), 'Enviado')).toBeVisible()
  await expect(tick(slip(agent, 'Su pedido salió hoy'), 'Entregado')).toBeVisible()
  expect(await sim.received(customer.phone)).toMatchObject([{ text: 'Su pedido salió hoy' }])
})
