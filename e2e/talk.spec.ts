import type { Page } from '@playwright/test'
import { openChat, row, slip, tick, write } from './desk.ts'
import { expect, test } from './demo.ts'

test('«hola» is in the inbox at once; the answer goes sent, delivered, read on both sides', async ({ agent, customer }) => {
  const phone = await customer.phonePage()
  await phone.getByRole('textbox', { name: 'Mensaje' }).fill('hola')
  await phone.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(row(agent, customer.name)).toBeVisible()
  await expect(row(agent, customer.name)).toContainText(/hola.*1 mensaje sin responder/)

  await openChat(agent, customer.name)
  await expect(slip(agent, 'hola')).toBeVisible()
  // Our reading is their blue tick.
  await expect(phone.getByRole('listitem').filter({ hasText: 'hola' }).getByTitle('Leído')).toBeVisible()

  // The customer looks at something else: the answer arrives and is not read.
  await phone.getByRole('button', { name: 'Volver a las empresas' }).click()
  await write(agent, 'Buenos días, ¿en qué le ayudo?')
  const answer = slip(agent, 'en qué le ayudo')
  await expect(tick(answer, 'Entregado')).toBeVisible()
  await phone.getByRole('button').filter({ hasText: 'en qué le ayudo' }).click()
  await expect(tick(answer, 'Leído')).toBeVisible()
})

test('each tick is seen on its way @phone', async ({ agent, customer, sim, number }) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'buenas', customerName: customer.name })
  await openChat(agent, customer.name)
  // So long between the provider's yes and its first status that on any machine the yes is shown before.
  await sim.misbehave({ target: 'meta', number: number.phone, delayStatusesMs: 3_000 })
  const seen = await recordTicks(agent)
  await write(agent, 'Su pedido salió hoy')
  await expect(tick(slip(agent, 'Su pedido salió hoy'), 'Entregado')).toBeVisible()
  const ticks = await seen()
  expect(ticks.slice(-2)).toEqual(['Enviado', 'Entregado'])
  expect(ticks.slice(0, -2).every((one) => one === 'En espera' || one === 'Enviando')).toBe(true)
  expect(await sim.received(customer.phone)).toMatchObject([{ text: 'Su pedido salió hoy' }])
})

/** Notes each tick that the thread shows from now on; the function gives them in their order. */
async function recordTicks(page: Page): Promise<() => Promise<string[]>> {
  const ticks = await page.evaluateHandle(() => {
    const noted: string[] = []
    const note = () => {
      const now = [...document.querySelectorAll('article [role=img]')].at(-1)?.getAttribute('aria-label')
      if (now && now !== noted.at(-1)) noted.push(now)
    }
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, attributes: true })
    return noted
  })
  return () => ticks.jsonValue()
}
