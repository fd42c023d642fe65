/** Naming a colleague in a private note, as both sides see it: CRM-71. */
import { openChat, show, slip, tick, write } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'

test('a note names a colleague who sees the chat; they hear of it, find it in their list and open it @phone', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Quiero pagar en dos partes', customerName: customer.name })
  await openChat(agent, customer.name)
  // Answered: the chat is this agent's own, and another agent does not see it.
  await write(agent, 'Ya lo consulto')
  await expect(tick(slip(agent, 'Ya lo consulto'), 'Entregado')).toBeVisible()
  const supervisor = await colleague(browser, demo, 'supervisor')
  const boss = personOf(demo, 'supervisor')
  const other = personOf(demo, 'agent')

  await agent.getByRole('button', { name: 'Nota', exact: true }).click()
  const box = agent.getByRole('textbox', { name: 'Nota' })
  await box.pressSequentially('Por favor revise, @')
  const list = agent.getByRole('listbox', { name: 'A quién mencionar' })
  await expect(list.getByRole('option', { name: boss.name })).toBeVisible()
  await expect(list.getByRole('option', { name: other.name })).toBeHidden()
  await box.pressSequentially('aba')
  await show(agent, 'mention-picker')
  await list.getByRole('option', { name: boss.name }).click()
  await box.pressSequentially('si se acepta')
  await expect(box).toHaveValue(`Por favor revise, @${boss.name} si se acepta`)
  await agent.getByRole('button', { name: 'Guardar nota' }).click()
  const note = slip(agent, 'si se acepta')
  await expect(note.getByText(`@${boss.name}`, { exact: true })).toBeVisible()

  // No reload: it is said at once, for some seconds, and stays in the list until it is looked at.
  await expect(supervisor.getByText(/le mencionó en una nota/)).toBeVisible()
  await show(supervisor, 'mention-heard')
  await expect(supervisor.getByText('1 mención nueva')).toBeAttached()
  await show(agent, 'mention-written')
  const seen = supervisor.waitForResponse((answer) => answer.url().endsWith('/api/mentions/seen') && answer.ok())
  await supervisor.getByRole('link', { name: 'Menciones' }).click()
  const row = supervisor.getByRole('listitem').filter({ hasText: customer.name })
  await expect(row.getByText('Nueva')).toBeVisible()
  await show(supervisor, 'mention-list')
  await row.getByRole('link').click()
  await expect(slip(supervisor, 'si se acepta')).toBeVisible()
  await show(supervisor, 'mention-opened')
  await seen
  await supervisor.goto(`${demo.address}/chats`)
  await expect(supervisor.getByRole('link', { name: 'Menciones' })).toBeVisible()
  await expect(supervisor.getByText('1 mención nueva')).toBeHidden()
  // It never leaves the desk.
  expect((await sim.received(customer.phone)).map(({ text }) => text)).toEqual(['Ya lo consulto'])
  await supervisor.context().close()
})
