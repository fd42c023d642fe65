import { openChat, slip, tick, write } from './desk.ts'
import { expect, test } from './demo.ts'
import { sql } from './outside.ts'

test.use({ serviceWorkers: 'allow' })

/** How the chat of a customer stands at the server. */
async function stateOf(phone: string): Promise<unknown> {
  const [chat] = await sql(
    "select c.state from chat c join contact_identity i on i.contact_id = c.contact_id where i.kind = 'phone' and i.value = $1",
    [phone],
  )
  return chat?.['state']
}

test('what is written without a network waits, survives a reload, and goes once, in order @phone', async ({
  agent,
  customer,
  sim,
  number,
}, info) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿me confirma?', customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, '¿me confirma?')).toBeVisible()
  await agent.evaluate(async () => {
    await navigator.serviceWorker.ready
  })

  await agent.context().setOffline(true)
  await write(agent, 'Primero: confirmado')
  await write(agent, 'Segundo: pase mañana')
  await write(agent, 'Por error')
  await expect(tick(slip(agent, 'Primero'), 'En espera')).toBeVisible()
  await expect(tick(slip(agent, 'Segundo'), 'En espera')).toBeVisible()

  // And what is decided, in the same line: shown as done, and marked as waiting.
  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'Cerrar el chat' }).click()
  const waits = agent.getByRole('main').getByRole('list', { name: 'Por enviar' })
  await expect(waits.getByRole('listitem')).toContainText('Cerrar el chat')
  await info.attach('decided', { body: await agent.screenshot(), contentType: 'image/png' })

  await agent.reload()
  await expect(slip(agent, '¿me confirma?')).toBeVisible()
  await expect(slip(agent, 'Primero')).toBeVisible()
  await expect(slip(agent, 'Segundo')).toBeVisible()
  await expect(agent.getByRole('main').getByRole('status').filter({ hasText: 'Sin conexión' })).toContainText('4 por enviar')

  await agent
    .getByRole('main')
    .getByRole('link', { name: /4 por enviar/ })
    .click()
  const line = agent.getByRole('region', { name: customer.name })
  await expect(line.getByRole('listitem')).toHaveCount(4)
  await info.attach('outbox', { body: await agent.screenshot(), contentType: 'image/png' })
  await line.getByRole('listitem').filter({ hasText: 'Por error' }).getByRole('button', { name: 'Descartar' }).click()
  await expect(line.getByRole('listitem')).toHaveCount(3)
  await line.getByRole('link', { name: customer.name }).click()
  await expect(slip(agent, 'Segundo')).toBeVisible()
  expect(await sim.received(customer.phone)).toHaveLength(0)

  await agent.context().setOffline(false)
  await expect(tick(slip(agent, 'Segundo'), 'Entregado')).toBeVisible()
  await expect(tick(slip(agent, 'Primero'), 'Entregado')).toBeVisible()
  const went = (await sim.received(customer.phone)).map(({ text }) => text)
  expect(went).toEqual(['Primero: confirmado', 'Segundo: pase mañana'])
  await expect.poll(() => stateOf(customer.phone)).toBe('closed')
  await expect(waits).toHaveCount(0)
  await expect(agent.getByRole('article')).toHaveText([/¿me confirma\?/, /Primero/, /Segundo/])
})
