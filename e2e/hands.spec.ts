/** What hands do in an open chat, on a phone and on a tablet: CRM-41, CRM-65, CRM-69, CRM-70. */
import { centre, openChat, show, slip, thumb, tick } from './desk.ts'
import { expect, test } from './demo.ts'

test('a message is pulled to answer it; several are copied with names and times, and sent on to another chat once, in order', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const other = { name: `Luis Cano ${customer.phone.slice(-4)}`, phone: String(BigInt(customer.phone) + 1_000n) }
  await sim.writes(other.phone, { to: number.phone, text: 'Soy otro cliente', customerName: other.name })
  for (const more of [{ text: 'Ya pagué la cuota' }, { kind: 'image', text: 'el recibo' }, { text: '¿Me confirma?' }])
    await sim.writes(customer.phone, { to: number.phone, customerName: customer.name, ...more })
  await agent.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openChat(agent, customer.name)
  await expect(slip(agent, 'el recibo').getByRole('img').first()).toBeVisible()

  // A short pull is nothing; a long one quotes.
  const hand = await thumb(agent)
  const pull = async (text: string, far: number) => {
    const { x, y } = await centre(slip(agent, text))
    await hand.down({ x, y })
    for (const dx of [12, far / 2, far]) await hand.to({ x: x + dx, y: y + 2 })
    if (far > 60) await expect(agent.locator('[data-sign=far]')).toBeVisible()
    if (far > 60) await show(agent, 'pulled')
    await hand.up()
  }
  const quoting = agent.getByRole('button', { name: 'No responder a este mensaje' })
  await pull('Ya pagué la cuota', 40)
  await expect(agent.locator('[data-sign]')).toHaveCount(0)
  await expect(quoting).toBeHidden()
  await pull('Ya pagué la cuota', 110)
  await expect(quoting).toBeVisible()
  await expect(agent.getByRole('dialog')).toBeHidden()
  await quoting.click()

  // A thumb that stays opens the menu, from which several are chosen with a tap each.
  const choose = async () => {
    await hand.down(await centre(slip(agent, 'Ya pagué la cuota')))
    await expect(agent.getByRole('button', { name: 'Elegir varios' })).toBeVisible()
    await hand.up()
    await show(agent, 'menu')
    await agent.getByRole('button', { name: 'Elegir varios' }).tap()
    await agent.getByRole('checkbox', { name: /el recibo/ }).tap()
    await expect(agent.getByRole('heading', { name: '2 mensajes elegidos' })).toBeVisible()
    await show(agent, 'chosen')
  }
  await choose()
  await agent.getByRole('button', { name: 'Copiar', exact: true }).tap()
  await expect(agent.getByText('2 mensajes copiados')).toBeVisible()
  const lines = (await agent.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(lines[0]).toMatch(new RegExp(`^\\[.+\\] ${customer.name}: Ya pagué la cuota$`))
  expect(lines[1]).toMatch(/<.+> el recibo$/)

  // A note is for the team. What goes on goes by reference, and waits for the network like everything else.
  await agent.getByRole('button', { name: 'Nota', exact: true }).click()
  await agent.getByRole('textbox', { name: 'Nota' }).fill('Parece un recibo viejo')
  await agent.getByRole('button', { name: 'Guardar nota' }).click()
  await expect(slip(agent, 'Parece un recibo viejo')).toBeVisible()
  await choose()
  await agent.getByRole('checkbox', { name: /recibo viejo/ }).tap()
  await agent.getByRole('button', { name: 'Reenviar' }).tap()
  const sheet = agent.getByRole('dialog', { name: 'Reenviar 2 mensajes' })
  await expect(sheet.getByText('La nota interna no se reenvía')).toBeVisible()
  await sheet.getByRole('searchbox').fill(other.name)
  await sheet.getByRole('checkbox', { name: new RegExp(other.name) }).check()
  await show(agent, 'forward')
  const uploads: string[] = []
  agent.on('request', (request) => /\/api\/(media|uploads)$/.test(request.url()) && uploads.push(request.url()))
  await agent.context().setOffline(true)
  await sheet.getByRole('button', { name: 'Reenviar a 1 chat' }).click()
  await expect(agent.getByText('Reenviado a 1 chat')).toBeVisible()
  await agent.getByRole('button', { name: 'Abrir', exact: true }).click()
  const sent = slip(agent, 'el recibo')
  await expect(sent).toContainText('Reenviado')
  await expect(tick(sent, 'En espera')).toBeVisible()
  expect(await sim.received(other.phone)).toEqual([])
  await agent.context().setOffline(false)
  await expect(tick(sent, 'Entregado')).toBeVisible()
  expect((await sim.received(other.phone)).map(({ text }) => text)).toEqual(['Ya pagué la cuota', 'el recibo'])
  expect(uploads).toEqual([])
  await expect(sent.getByRole('img').first()).toBeVisible()
  await show(agent, 'forwarded')
})
