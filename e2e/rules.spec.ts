import { attach, openChat, slip, write } from './desk.ts'
import { expect, test } from './demo.ts'

test.beforeEach(async ({ agent, customer, sim, number }) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'buenas tardes', customerName: customer.name })
  await openChat(agent, customer.name)
})

test('a video is refused with the reason, and the text stays @phone', async ({ agent, customer, sim }) => {
  const box = agent.getByRole('textbox', { name: 'Mensaje' })
  await box.fill('Le explico en el video')
  await attach(agent, 'Fotos', { name: 'recorrido.mp4', mimeType: 'video/mp4', buffer: Buffer.from('....ftypmp42') })
  await expect(agent.getByRole('alert').filter({ hasText: 'videos' })).toHaveText(
    'No se permite enviar videos desde este número.',
  )
  await expect(box).toHaveValue('Le explico en el video')
  await expect(agent.getByRole('button', { name: /^Quitar/ })).toHaveCount(0)
  expect(await sim.received(customer.phone)).toHaveLength(0)
})

test('a link is refused with the reason, and the text stays @phone', async ({ agent, customer, sim }) => {
  await write(agent, 'Pague aquí: pagos.ejemplo.com/123')
  await expect(agent.getByRole('alert').filter({ hasText: 'enlaces' })).toHaveText(
    'No se permite enviar enlaces desde este número. Quite el enlace para enviar.',
  )
  const box = agent.getByRole('textbox', { name: 'Mensaje' })
  await expect(box).toHaveValue('Pague aquí: pagos.ejemplo.com/123')
  await write(agent, 'Pague en la oficina')
  await expect(slip(agent, 'Pague en la oficina')).toBeVisible()
  await expect(box).toHaveValue('')
  await expect.poll(async () => (await sim.received(customer.phone)).map(({ text }) => text)).toEqual(['Pague en la oficina'])
})

test('a note says that it is one, and never reaches the customer @phone', async ({ agent, customer, sim }) => {
  await agent.getByRole('group', { name: 'Qué está escribiendo' }).getByRole('button', { name: 'Nota' }).click()
  await agent.getByRole('textbox', { name: 'Nota' }).fill('Debe dos cuotas, ver https://interno.ejemplo.com')
  await agent.getByRole('button', { name: 'Guardar nota' }).click()
  const note = slip(agent, 'Debe dos cuotas')
  await expect(note).toContainText('Nota interna · no se envía')
  await agent.getByRole('group', { name: 'Qué está escribiendo' }).getByRole('button', { name: 'Mensaje' }).click()
  // A message written after it has gone: had the note gone too, it would have gone before.
  await write(agent, 'Ya lo reviso')
  await expect.poll(async () => (await sim.received(customer.phone)).map(({ text }) => text)).toEqual(['Ya lo reviso'])
  await agent.reload()
  await expect(slip(agent, 'Debe dos cuotas')).toContainText('Nota interna · no se envía')
})
