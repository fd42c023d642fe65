/** Rules that give chats away, from the trial to the agent's phone: CRM-28, CRM-56, CRM-81. */
import { row } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

test('an administrator tries a rule, saves it, and the next chat goes to the agent who is not on a break @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  const admin = await colleague(browser, demo, 'administrator')
  const paused = demo.people[0]?.name ?? ''
  await colleague(browser, demo, 'agent')
  await agent.goto(`${demo.address}/settings`)
  const pause = agent.getByRole('switch', { name: 'En pausa' })
  await pause.click()
  await expect(pause).toBeChecked()
  await sim.writes(customer.phone, { to: number.phone, text: 'Hola, ¿hay alguien?', customerName: customer.name })

  await expect(row(admin, customer.name)).toBeVisible()

  await admin.goto(`${demo.address}/settings/rules`)
  await admin.getByRole('button', { name: 'Agregar' }).click()
  const sheet = admin.getByRole('dialog', { name: 'Nueva regla' })
  await sheet.getByLabel('Número').selectOption({ label: number.name })
  await sheet.getByText('Por turnos').click()
  await sheet.getByRole('button', { name: 'Ver a quién iría' }).click()
  const trial = admin.getByRole('dialog', { name: 'Qué pasaría ahora' })
  const line = trial.getByRole('listitem').filter({ hasText: customer.name })
  await expect(line.getByText('Iría a')).toBeVisible()
  await expect(line.getByText(paused)).toBeHidden()
  await info.attach('trial', { body: await admin.screenshot(), contentType: 'image/png' })
  await trial.getByRole('button', { name: 'Cerrar' }).click()
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByRole('button', { name: new RegExp(number.name) })).toBeVisible()
  await info.attach('rules', { body: await admin.screenshot(), contentType: 'image/png' })

  const next = `${customer.name} B`
  const phone = `${BigInt(customer.phone) + 500_000n}`
  await sim.writes(phone, { to: number.phone, text: 'Soy otra', customerName: next })
  await admin.goto(`${demo.address}/chats`)
  await row(admin, next).click()
  await expect(admin.getByText('Una regla asignó el chat a')).toBeVisible()
  await expect(admin.getByText(`Una regla asignó el chat a ${paused}`)).toBeHidden()
  await agent.goto(`${demo.address}/chats`)
  await expect(row(agent, next)).toBeHidden()

  await admin.goto(`${demo.address}/settings/rules`)
  await admin.getByRole('button', { name: new RegExp(number.name) }).click()
  await admin.getByRole('dialog', { name: 'Regla' }).getByRole('button', { name: 'Eliminar la regla' }).click()
  await expect(admin.getByText('La regla ya no vale.')).toBeVisible()
  await agent.goto(`${demo.address}/settings`)
  await expect(pause).toBeChecked()
  await pause.click()
  await expect(pause).not.toBeChecked()
  await admin.context().close()
})
