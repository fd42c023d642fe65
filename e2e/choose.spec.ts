/** Several chats at once, chosen in the list or dragged onto an agent: CRM-34, CRM-35, CRM-58, CRM-80. */
import { violations } from './barriers.ts'
import { centre, handsOf, row, show, thumb } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'
import type { Simulators } from './outside.ts'

/** Three customers who wait, named after the test's own. */
async function three(sim: Simulators, customer: { name: string; phone: string }, to: string): Promise<string[]> {
  const names = ['A', 'B', 'C'].map((letter) => `${customer.name} ${letter}`)
  for (const [n, name] of names.entries())
    await sim.writes(`${BigInt(customer.phone) + BigInt(n + 1) * 1_000n}`, { to, text: `Hola de ${name}`, customerName: name })
  return names
}

test('a thumb that stays on a chat begins a choice; several are labelled, closed, and taken back in one go @phone', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const [a = '', b = '', c = ''] = await three(sim, customer, number.phone)
  const boss = await colleague(browser, demo, 'supervisor')
  for (const name of [a, b, c]) await expect(row(boss, name)).toBeVisible()
  const hand = await thumb(boss, 'list')
  await hand.down(await centre(row(boss, a)))
  await expect(boss.getByRole('heading', { name: '1 elegido' })).toBeVisible()
  await hand.up()
  // Letting go opens nothing, and while one chooses a row is a box to tick.
  const box = (name: string) => boss.getByRole('checkbox', { name: new RegExp(name) })
  await expect(box(a)).toBeChecked()
  await box(b).tap()
  const places = async () => Promise.all([a, b, c].map(async (name) => (await centre(box(name))).y))
  const before = await places()
  // Somebody who writes meanwhile moves no row under the thumb.
  await sim.writes(`${BigInt(customer.phone) + 9_000n}`, {
    to: number.phone,
    text: 'Yo también',
    customerName: `${customer.name} D`,
  })
  await expect(box(`${customer.name} D`)).toBeVisible()
  expect(await places()).toEqual(before)
  await box(c).tap()
  await box(c).tap()
  await expect(boss.getByRole('heading', { name: '2 elegidos' })).toBeVisible()
  await show(boss, 'varios chats elegidos')
  expect(await violations(boss)).toEqual([])

  const bar = boss.getByRole('toolbar', { name: 'Con los elegidos: 2 chats' })
  await bar.getByRole('button', { name: 'Asignar' }).click()
  await show(boss, 'asignar varios')
  const agent = personOf(demo, 'agent')
  await boss.getByRole('dialog', { name: 'Asignar 2 chats' }).getByRole('button', { name: agent.name }).click()
  await expect(boss.getByText(`2 chats son ahora de ${agent.name}.`)).toBeVisible()
  await expect(boss.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  await expect(row(boss, a).getByText(agent.name)).toBeVisible()

  // From the menu, for who does not hold: all that are here, closed and taken back.
  await boss.getByRole('button', { name: 'Elegir chats' }).click()
  await boss.getByRole('button', { name: 'Todos', exact: true }).click()
  await expect(box(c)).toBeChecked()
  await boss.getByRole('toolbar').getByRole('button', { name: 'Cerrar' }).click()
  await expect(boss.getByText('4 chats cerrados.')).toBeVisible()
  await expect(row(boss, c)).toBeHidden()
  await boss.getByRole('button', { name: 'Deshacer' }).click()
  for (const name of [a, b, c]) await expect(row(boss, name)).toBeVisible()
  await boss.context().close()
})

// A phone has the menu.
test('on a tablet a chat is dragged onto an agent, with the mouse or with a thumb; let go elsewhere, nothing changes @tablet', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const [a = '', b = '', c = ''] = await three(sim, customer, number.phone)
  const boss = await colleague(browser, demo, 'supervisor')
  const agent = personOf(demo, 'agent')
  const panel = boss.getByRole('complementary', { name: 'Suelte sobre quien lo atenderá' })
  const place = panel.getByRole('listitem').filter({ hasText: agent.name })
  for (const name of [a, b, c]) await expect(row(boss, name)).toBeVisible()

  await handsOf(boss, 'list')
  const from = await centre(row(boss, a))
  await boss.mouse.move(from.x, from.y)
  await boss.mouse.down()
  await boss.mouse.move(from.x + 40, from.y + 10)
  await expect(place).toContainText(/abiertos?/)
  const target = await centre(place)
  await boss.mouse.move(target.x, target.y, { steps: 4 })
  await show(boss, 'arrastrar a un agente')
  await boss.mouse.up()
  await expect(boss.getByText(`1 chat es ahora de ${agent.name}.`)).toBeVisible()
  await expect(panel).toBeHidden()
  await boss.getByRole('button', { name: 'Deshacer' }).click()
  await expect(boss.getByText('Deshecho en 1 chat.')).toBeVisible()
  await expect(row(boss, a).getByText('Sin asignar')).toBeVisible()

  // Let go over the list: as it was, and no chat has opened.
  await boss.mouse.move(from.x, from.y)
  await boss.mouse.down()
  await boss.mouse.move(from.x + 40, from.y + 10)
  await expect(panel).toBeVisible()
  await boss.mouse.up()
  await expect(panel).toBeHidden()
  await expect(boss).toHaveURL(/\/chats$/)

  // Two chosen ones go together: a click with shift, then a thumb that stays on the other and moves on.
  await row(boss, a).click({ modifiers: ['Shift'] })
  const hand = await thumb(boss, 'list')
  const held = boss.getByRole('checkbox', { name: new RegExp(b) })
  const start = await centre(held)
  await hand.down(start)
  await expect(held).toBeChecked()
  await hand.to({ x: start.x + 30, y: start.y + 5 })
  await hand.to({ x: start.x + 60, y: start.y + 5 })
  await expect(place).toBeVisible()
  await hand.to(await centre(place))
  await expect(boss.getByText('2 chats', { exact: true })).toBeVisible()
  await show(boss, 'arrastrar varios con el dedo')
  await hand.up()
  await expect(boss.getByText(`2 chats son ahora de ${agent.name}.`)).toBeVisible()
  await boss.context().close()
})
