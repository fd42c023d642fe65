import { openChat, slip, tick, write } from './desk.ts'
import { expect, test } from './demo.ts'
import { killRuntime } from './outside.ts'

test.use({ serviceWorkers: 'allow' })

test('the server dies while a chat is open: what came meanwhile is there without a reload @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'antes del corte', customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, 'antes del corte')).toBeVisible()
  await agent.evaluate(() => (document.body.dataset['page'] = 'the same'))

  killRuntime()
  await sim.writes(customer.phone, { to: number.phone, text: 'durante el corte' }, true)
  await sim.writes(customer.phone, { to: number.phone, text: 'y otra cosa' }, true)
  await expect(slip(agent, 'y otra cosa')).toBeVisible({ timeout: 25_000 })
  await expect(agent.getByRole('article')).toHaveText([/antes del corte/, /durante el corte/, /y otra cosa/])

  await write(agent, 'Aquí seguimos')
  await expect(tick(slip(agent, 'Aquí seguimos'), 'Entregado')).toBeVisible()
  expect(await agent.evaluate(() => document.body.dataset['page'])).toBe('the same')
})
