import { row } from './desk.ts'
import { expect, test } from './demo.ts'

test('a chat is found by name without accents, with a slip of the finger, and by the national number @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const name = `Zoila Quinchiguango Ñauñay ${customer.phone.slice(-4)}`
  await sim.writes(customer.phone, { to: number.phone, text: 'hola', customerName: name })
  // Once: a search is answered with those who are there when it is asked.
  await expect(row(agent, name)).toBeVisible()
  await agent.getByRole('button', { name: 'Buscar' }).click()
  const field = agent.getByRole('searchbox', { name: 'Nombre o número' })
  await field.fill('naunay')
  await expect(row(agent, name)).toBeVisible()
  await field.fill('quinchihuango')
  await expect(row(agent, name)).toBeVisible()
  await field.fill(`0${customer.phone.slice(3)}`)
  await expect(row(agent, name)).toBeVisible()
  await field.fill('nadie se llama así')
  await expect(agent.getByText('Sin resultados para «nadie se llama así»')).toBeVisible()
})
