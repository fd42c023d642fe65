/** Giving chats to others, as an agent and a supervisor see it in two browsers: CRM-59, CRM-62, CRM-81 to CRM-86. */
import { readFileSync } from 'node:fs'
import { openChat, row, slip, tick, write } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'

test('an agent asks for a transfer, the supervisor hears of it and approves, the chat moves with its summary', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Quisiera hablar con Milagros', customerName: customer.name })
  await openChat(agent, customer.name)
  await write(agent, 'Con gusto, ya le paso')
  await expect(tick(slip(agent, 'Con gusto, ya le paso'), 'Entregado')).toBeVisible()
  const supervisor = await colleague(browser, demo, 'supervisor')
  const other = await colleague(browser, demo, 'agent')
  await expect(row(other, customer.name)).toBeHidden()

  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'Pedir traspaso' }).click()
  const sheet = agent.getByRole('dialog', { name: 'Pedir un traspaso' })
  const name = personOf(demo, 'agent').name
  const option = await sheet.locator('option', { hasText: name }).getAttribute('value')
  await sheet.getByLabel('Para', { exact: true }).selectOption(option)
  await sheet.getByLabel('Motivo').fill('La conoce de antes')
  await sheet.getByLabel('Resumen para quien lo reciba').fill('Debe dos cuotas')
  await sheet.getByRole('button', { name: 'Pedir traspaso' }).click()
  await expect(agent.getByText('Pedido enviado')).toBeVisible()

  // No reload: the supervisor hears of it wherever they are.
  await supervisor.getByRole('button', { name: 'Ver', exact: true }).click()
  const card = supervisor.getByRole('listitem').filter({ hasText: customer.name })
  await expect(card.getByText('La conoce de antes')).toBeVisible()
  await card.getByRole('button', { name: 'Aprobar' }).click()
  // It is said for some seconds.
  await expect(agent.getByText(/Su pedido de traspaso/)).toBeVisible()
  await expect(card.getByText('Aprobado', { exact: true })).toBeVisible()
  // The history holds it, can be narrowed down and taken along.
  await supervisor.getByRole('button', { name: 'Aprobado' }).click()
  await expect(card).toBeVisible()
  const download = supervisor.waitForEvent('download')
  await supervisor.getByRole('button', { name: 'Exportar' }).click()
  const csv = readFileSync(await (await download).path(), 'utf8')
  expect(csv.split('\r\n')[0]).toContain('Solicitante,Contacto,Decidió,Estado,Fecha de creación')
  expect(csv).toContain(customer.name)

  await expect(row(agent, customer.name)).toBeHidden()
  await openChat(other, customer.name)
  await expect(slip(other, 'Debe dos cuotas')).toBeVisible()
  await expect(other.getByText(`aprobó el traspaso a ${name}`)).toBeVisible()
  for (const one of [supervisor, other]) await one.context().close()
})

test('a supervisor assigns a chat with one tap; whoever has it closes it, takes it back, and says that no answer is needed @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Gracias por todo', customerName: customer.name })
  const supervisor = await colleague(browser, demo, 'supervisor')
  await openChat(supervisor, customer.name)
  await supervisor.getByRole('button', { name: 'Más acciones' }).click()
  await supervisor.getByRole('button', { name: 'Asignar', exact: true }).click()
  const [person] = demo.people
  await supervisor
    .getByRole('dialog')
    .getByRole('button', { name: person?.name ?? '' })
    .click()
  await expect(supervisor.getByText(`El chat es ahora de ${person?.name}.`)).toBeVisible()

  await openChat(agent, customer.name)
  await expect(agent.getByText(`asignó el chat a ${person?.name}`)).toBeVisible()
  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'No necesita respuesta' }).click()
  await expect(agent.getByText('marcó que no necesita respuesta')).toBeVisible()
  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'Cerrar el chat' }).click()
  await expect(agent.getByText('cerró el chat')).toBeVisible()
  await agent.getByRole('button', { name: 'Deshacer' }).click()
  await expect(agent.getByText('reabrió el chat')).toBeVisible()
  await supervisor.context().close()
})
