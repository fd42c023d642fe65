import { openChat, slip } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

test('what is typed on one device stands in the composer of the other, and is gone from both when it is sent @phone', async ({
  browser,
  demo,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿cuánto debo?', customerName: customer.name })
  const phone = await colleague(browser, demo, 'supervisor')
  const tablet = await colleague(browser, demo, 'supervisor')
  await openChat(phone, customer.name)
  await openChat(tablet, customer.name)
  await phone.getByRole('textbox', { name: 'Mensaje' }).fill('Un momento, lo reviso')
  await expect(tablet.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Un momento, lo reviso')
  await tablet.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(slip(phone, 'Un momento, lo reviso')).toBeVisible()
  await expect(phone.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('')
})
