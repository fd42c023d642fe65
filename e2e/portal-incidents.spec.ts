/** What an administrator asks when something is wrong, answered where they look for it: the health page in the portal's frame. Issue 7. */
import { expect, test } from './demo.ts'
import { show } from './desk.ts'
import { sql } from './outside.ts'
import { aJoinedPortal, frameIn, goTo } from './portal.ts'

const A_DAY_MS = 86_400_000
/** From a word to its row: through the portal, its object, the database, and a page that looks every two seconds. */
const soon = { timeout: 30_000 }
/** More than WhatsApp takes of a picture: a real beginning, then nothing. */
const LARGE = Buffer.concat([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'), Buffer.alloc(6_000_000)])

test('whatever is wrong with a portal, its administrator reads the cause and what helps in the frame @desktop', async ({
  page,
  demo,
  sim,
  customer,
}) => {
  test.setTimeout(240_000)
  const { portal, api, aLine } = await aJoinedPortal(demo, 'Incidencias')
  const own = String(Date.now()).slice(-7)
  const [phone, name] = [`59394${own}`, `Quito ${own}`]
  const { channelId: id, line } = await aLine(sim, { phone, name })

  const writes = (text: string) => sim.writes(customer.phone, { to: phone, text, customerName: customer.name }, true)
  const dialog = async () => (await portal.rows('dialogs', `?externalChat=wa-${customer.phone}`))[0]?.['id']
  const answers = async (text: string, files: object[] = []) =>
    portal.tell('POST', 'write', { chat: await dialog(), userId: 2, text, files })
  await writes('Hola')
  await expect.poll(dialog, soon).toBeTruthy()

  await page.goto(portal.address)
  await goTo(page, 'WhatsappB24')
  const frame = frameIn(page)
  await frame.getByRole('link', { name: 'Ajustes' }).click()
  await frame
    .getByRole('main')
    .getByRole('link', { name: /Bitrix24/ })
    .click()
  await frame
    .getByRole('listitem')
    .filter({ hasText: portal.domain })
    .getByRole('link', { name: /Salud y cola/ })
    .click()
  const waiting = frame.getByRole('list', { name: 'Cola' }).getByRole('listitem')
  const row = (text: string) => waiting.filter({ hasText: text })
  const allArrived = () => expect(frame.getByText('Todo lo que se escribió ha llegado.')).toBeVisible({ timeout: 60_000 })
  const carry = frame.getByRole('switch', { name: /Llevar a Bitrix24/ })
  const send = frame.getByRole('switch', { name: /Enviar a WhatsApp/ })

  await test.step('When am I woken? After as many minutes as I say', async () => {
    const alarm = frame.getByRole('region', { name: 'Aviso de espera' })
    const minutes = alarm.getByLabel('Minutos, de 5 a 240')
    await expect(minutes).toHaveValue('15')
    await minutes.fill('60')
    await alarm.getByRole('button', { name: 'Guardar' }).click()
    await expect(frame.getByText('Guardado.')).toBeVisible()
    await expect(alarm.getByRole('button', { name: 'Guardar' })).toBeDisabled()
    await alarm.scrollIntoViewIfNeeded()
    await show(page, 'when administrators are woken')
  })
  await test.step('Why does nothing come into the portal? Somebody has paused it', async () => {
    await carry.click()
    // It shows what the server says.
    await expect(carry).not.toBeChecked()
    await writes('¿Está en pausa?')
    await expect(row('¿Está en pausa?')).toContainText('Llevar los mensajes a Bitrix24 está en pausa', soon)
    await show(page, 'paused towards Bitrix24')
    await carry.click()
    await allArrived()
  })
  await test.step('Why do customers get no answer? Sending from the number is paused', async () => {
    await send.click()
    await expect(send).not.toBeChecked()
    await answers('Sale cuando se reanude')
    await expect(row('Sale cuando se reanude')).toContainText('pausa', soon)
    await send.click()
    await allArrived()
  })
  await test.step('The portal does not answer', async () => {
    await portal.settings({ isAway: true })
    await writes('¿Hay alguien?')
    // What may have been taken is looked for before it is told again.
    await expect(row('¿Hay alguien?')).toContainText(/no responde|la respuesta no llegó/, soon)
    await expect(row('¿Hay alguien?')).toContainText(/solo se repite si falta|se entrega en orden cuando vuelva/, soon)
    await show(page, 'the portal is away')
    await portal.settings({ isAway: false })
    await allArrived()
  })
  await test.step('The 24 hours are over', async () => {
    await sim.ages(customer.phone, 2 * A_DAY_MS)
    await answers('¿Sigue ahí?')
    await expect(row('¿Sigue ahí?')).toContainText('Pasaron más de 24 horas', soon)
    await expect(row('¿Sigue ahí?')).toContainText('Envíe una plantilla aprobada', soon)
    await show(page, 'the window is closed')
    await sim.writes(customer.phone, { to: phone, text: 'Sí, sigo' }, true)
    await expect.poll(() => sql("select 1 from message where channel_id = $1 and text = 'Sí, sigo'", [id]), soon).toHaveLength(1)
  })
  await test.step('A file is too large for WhatsApp', async () => {
    await answers('', [{ name: 'plano.png', mime: 'image/png', base64: LARGE.toString('base64') }])
    await expect(waiting.filter({ hasText: 'El archivo pesa más de lo que WhatsApp permite.' })).toBeVisible(soon)
    await show(page, 'a file that is too large')
  })
  await test.step('The number’s key is not taken by its provider any more', async () => {
    await sim.misbehave({ target: 'meta', number: phone, expireToken: true })
    await answers('Un momento')
    await expect(row('Un momento')).toContainText('clave de acceso', soon)
    await show(page, 'the number is disconnected')
    await sim.behave()
  })
  await test.step('Nobody opens the portal to us any more: its tokens are dead', async () => {
    await portal.settings({ tokenLifeS: 30 })
    await portal.tell('POST', 'frame', { userId: 1, open: true })
    await portal.mischief({ where: 'oauth', error: 'invalid_grant' })
    await writes('¿Me leen?')
    await expect(row('¿Me leen?')).toContainText('no deja entrar a la aplicación', soon)
    await expect(row('¿Me leen?')).toContainText('Un administrador del portal debe abrir WhatsappB24', soon)
    await show(page, 'the tokens are dead')
    await portal.behaves()
    await portal.settings({ tokenLifeS: 3_600 })
    await portal.tell('POST', 'frame', { userId: 1, open: true })
    await expect(row('¿Me leen?')).toHaveCount(0, { timeout: 30_000 })
  })
  await test.step('The portal’s limit for a method is used up', async () => {
    await portal.mischief({ where: 'rest', what: 'imconnector.send.messages', error: 'OPERATION_TIME_LIMIT' })
    await writes('¿Va lento?')
    await expect(frame.getByText(/imconnector.send.messages descansa hasta las/)).toBeVisible(soon)
    await expect(row('¿Va lento?')).toContainText(
      /Espera: imconnector.send.messages gastó su tiempo de trabajo .* hasta las \d/,
      soon,
    )
    await writes('¿Hola?')
    await expect(row('¿Hola?')).toContainText('Espera a que se entregue un mensaje anterior del mismo chat.', soon)
    await show(page, 'a method at its limit')
    await row('¿Va lento?')
      .getByRole('button', { name: /Ver el camino/ })
      .click()
    const way = frame.getByRole('dialog', { name: 'Camino del mensaje' })
    await expect(way.getByText(/espera turno, hasta las .* el de este pedido se gastó/)).toBeVisible()
    await show(page, 'the way of a message that waits')
    await way.getByRole('button', { name: 'Cerrar' }).click()
    await portal.behaves()
  })
  await test.step('Somebody deleted the open line', async () => {
    await portal.tell('POST', 'delete-line', { line })
    await writes('¿Y ahora?')
    await expect(row('¿Y ahora?')).toContainText('El canal abierto no está activo o no tiene conectado este número.', soon)
    await show(page, 'the line was deleted')
  })
  await api('PATCH', `/channels/${id}`, { archived: true })
})
