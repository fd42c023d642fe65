import { z } from 'zod'
import { expect, test } from './demo.ts'
import { sql } from './outside.ts'
import { aPortal, Frame, Framed, openIn, reloadInside } from './portal.ts'
import { newId } from './world.ts'

/** A customer writes to the portal's number, which no phone is linked with here. */
async function customerWrites(memberId: string, texts: readonly string[]): Promise<void> {
  const [line] = await sql<{ account_id: string; channel_id: string }>(
    'select l.account_id, l.channel_id from portal_line l join portal p on p.id = l.portal_id where p.member_id = $1 and l.ended_at is null',
    [memberId],
  )
  const customer = { customer: { phone: '51987000111' }, objectKey: 'p:51987000111', profileName: 'Rosa Quispe' }
  const entries = texts.map((text, n) => ({
    ...{ op: 'in', channelId: line?.channel_id, traceId: 't', hops: [], kind: 'text', origin: 'customer', text, ...customer },
    ...{ providerId: `wamid.${memberId}.${n}`, at: new Date(Date.now() + n).toISOString() },
    ...{ messageId: newId(), contactId: newId(), chatId: newId() },
  }))
  await sql('select ingest($1, $2)', [line?.account_id, JSON.stringify(entries)])
}

test('from the card to the app in the portal’s frame: installed, signed in without a cookie, and in order @desktop', async ({
  page,
  demo,
}) => {
  const { id, domain, tell, rows } = await aPortal(demo, 'Frente', 3)
  // What the portal's script does in life is told to the portal by hand.
  const script =
    'window.BX24 = { init: (done) => done(), fitWindow() {}, installFinish: () => parent.postMessage("finished", "*") }'
  await page.route('**/bitrix24/api/v1/', (route) => route.fulfill({ contentType: 'text/javascript', body: script }))
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))

  await openIn(page, domain, Framed.parse(await tell('POST', 'install')).frame)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Empezar con una cuenta nueva' }).click()
  await expect(frame.getByRole('heading', { name: 'Listo. Abriendo…' })).toBeVisible()
  await tell('POST', 'finish')

  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  const opened = z.union([Framed.transform(({ frame: inner }) => inner), Frame]).parse(await tell('POST', 'frame', { userId: 1 }))
  await openIn(page, domain, opened)
  await frame.getByRole('link', { name: 'Ajustes' }).click()
  await frame.getByRole('link', { name: /Bitrix24/ }).click()
  const card = frame.getByRole('listitem').filter({ hasText: domain })
  await expect(card.getByText('Conectado', { exact: true })).toBeVisible()
  await card.getByRole('button', { name: /Probar conexión/ }).click()
  await expect(frame.getByText('El portal responde.')).toBeVisible()

  await frame.getByRole('button', { name: 'Crear código de enlace' }).click()
  await expect(frame.getByText(/^[2-9A-Z]{8}$/)).toBeVisible()
  await frame.getByLabel('client_id').fill(`local.${id}`)
  await frame.getByLabel('client_secret').fill('secreto-de-una-app-local')
  await frame.getByRole('button', { name: 'Guardar aplicación' }).click()
  await expect(frame.getByText(`local.${id}`)).toBeVisible()

  // A number is added, bound to a line that is made for it, and the way is tested.
  await frame.getByRole('button', { name: 'Agregar número' }).click()
  await frame.getByRole('combobox', { name: 'Proveedor' }).selectOption('session')
  await frame.getByRole('textbox', { name: 'Nombre' }).fill('Ventas Lima')
  await frame.getByRole('button', { name: 'Añadir y vincular' }).click()
  // Nobody has to leave the page: the code to scan and the open line come next.
  const sheet = frame.getByRole('dialog', { name: 'Ventas Lima' })
  await expect(sheet.getByRole('button', { name: 'Mostrar el código QR' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Crear un canal abierto' }).click()
  await sheet.getByRole('listitem').getByRole('button').first().click()
  await sheet.getByRole('button', { name: 'Crear y vincular' }).click()
  await expect(sheet.getByText('Canal abierto «Ventas Lima»')).toBeVisible()
  await sheet.getByRole('button', { name: 'Probar conexión' }).click()
  // Everything between us and the portal stands; only the phone has yet to be linked, and it says how.
  await expect(sheet.getByRole('listitem').filter({ hasText: 'El conector está activo' })).toContainText('Bien')
  await expect(sheet.getByRole('listitem').filter({ hasText: 'número de WhatsApp está conectado' })).toContainText('Falla')
  await test.info().attach('line-tested', { body: await page.screenshot(), contentType: 'image/png' })

  // Loaded again inside the frame it is the same page, still signed in.
  await reloadInside(page)
  const lines = frame.getByRole('region', { name: /^Canales abiertos de/ })
  await expect(lines.getByRole('button', { name: /Ventas Lima.*WhatsApp Web.*Activo/ })).toBeVisible()
  // Nobody has to pay for numbers here.
  await expect(lines).not.toContainText('suscripción')
  // Every open line of the portal stands there, also the one without a number.
  await expect(lines.getByRole('button', { name: /Sin número/ })).toBeVisible()
  await test.info().attach('lines', {
    body: await page.screenshot(),
    contentType: 'image/png',
  })

  // When something goes wrong the administrator sees it: paused, what a customer writes waits with its cause; it goes on in order.
  await frame.getByRole('link', { name: /Salud y cola/ }).click()
  await expect(frame.getByRole('heading', { name: `Salud de ${domain}` })).toBeVisible()
  await expect(frame.getByText('El portal funciona.')).toBeVisible()
  const carry = frame.getByRole('switch', { name: /Llevar a Bitrix24/ })
  await carry.click()
  await expect(carry).not.toBeChecked()
  await customerWrites(id, ['Hola', '¿Me oyen?', 'Me equivoqué de número'])
  const waiting = frame.getByRole('list', { name: 'Cola' }).getByRole('listitem')
  await expect(waiting).toHaveCount(3)
  await expect(waiting.first()).toContainText('Llevar los mensajes a Bitrix24 está en pausa')
  await test.info().attach('health', { body: await page.screenshot(), contentType: 'image/png' })
  await waiting
    .filter({ hasText: 'Me equivoqué' })
    .getByRole('button', { name: /Descartar/ })
    .click()
  const discarding = frame.getByRole('dialog', { name: 'Descartar' })
  await discarding.getByLabel('Motivo').fill('Era para otra empresa')
  await discarding.getByRole('button', { name: 'Descartar' }).click()
  await expect(waiting).toHaveCount(2)
  await frame.getByLabel('Elegir todo lo de este filtro').check()
  await expect(frame.getByRole('group', { name: 'Qué hacer con lo elegido' })).toContainText('Reintentar ahora')
  await test.info().attach('queue', { body: await page.screenshot(), contentType: 'image/png' })
  await carry.click()
  await expect(frame.getByText('Todo lo que se escribió ha llegado.')).toBeVisible({ timeout: 30_000 })
  const Bubbles = z.array(z.looseObject({ from: z.string(), text: z.string() }))
  const bubbles = async () => Bubbles.parse(await rows('bubbles'))
  const said = (await bubbles()).filter(({ from }) => from === 'client').map(({ text }) => text)
  expect(said).toEqual(['Hola', '¿Me oyen?'])

  // Moderation refuses an application that scrolls sideways.
  const box = await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  expect(box).toBeLessThanOrEqual(0)
  // The live stream stands, and no cookie was needed for any of it.
  expect(sockets.length).toBeGreaterThan(0)
  expect((await page.context().cookies(demo.address)).filter(({ name }) => /^(__Host-)?s$/.test(name))).toEqual([])

  // The connector's own page, in the slider of the Contact Center: the number that is on this line.
  const Connectors = z.array(z.looseObject({ connector: z.string(), line: z.number(), active: z.boolean() }))
  const bound = Connectors.parse(await rows('channels')).find(({ active }) => active)
  const options = { CONNECTOR: bound?.connector, LINE: String(bound?.line), ACTIVE_STATUS: true }
  const settings = { userId: 1, placement: 'SETTING_CONNECTOR', options, handler: `${demo.address}/bitrix24/connector` }
  await openIn(page, domain, Framed.parse(await tell('POST', 'frame', settings)).frame)
  await expect(frame.getByRole('heading', { name: 'WhatsApp en «Ventas Lima»' })).toBeVisible()
  await expect(frame.getByRole('button', { name: 'Probar conexión' })).toBeVisible()
  await test.info().attach('connector', {
    body: await page.screenshot(),
    contentType: 'image/png',
  })
  expect(errors).toEqual([])
})

/** Two thousand people take the portal and the server a moment. */
const THOUSANDS = { timeout: 40_000 }

test('two thousand employees: found by three letters, a role for a whole department, reviewed, applied, and kept on the way @phone @desktop', async ({
  page,
  demo,
}) => {
  test.setTimeout(120_000)
  const { domain, tell } = await aPortal(demo, 'Grande', 2_000)
  const script = 'window.BX24 = { init: (done) => done(), fitWindow() {}, installFinish: () => undefined }'
  await page.route('**/bitrix24/api/v1/', (route) => route.fulfill({ contentType: 'text/javascript', body: script }))
  await openIn(page, domain, Framed.parse(await tell('POST', 'install')).frame)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Empezar con una cuenta nueva' }).click()
  await expect(frame.getByRole('heading', { name: 'Listo. Abriendo…' })).toBeVisible()
  await tell('POST', 'finish')
  const opened = z.union([Framed.transform(({ frame: inner }) => inner), Frame]).parse(await tell('POST', 'frame', { userId: 1 }))
  await openIn(page, domain, opened)
  const employees = async () => {
    await frame.getByRole('link', { name: 'Ajustes' }).click()
    await frame.getByRole('link', { name: /Bitrix24/ }).click()
    await frame.getByRole('link', { name: 'Empleados y roles' }).click()
  }
  await employees()
  // Nobody has to ask for the first reading.
  await expect(frame.getByText('Con acceso: 1 de 2000')).toBeVisible(THOUSANDS)
  const list = frame.getByRole('region', { name: 'Empleados por departamento' })
  await expect(list.getByRole('heading', { name: /Andina Comercial/ })).toBeVisible()

  await frame.getByLabel('Buscar empleado').fill('nún pau')
  const found = list.locator('[data-employee]')
  await expect(found.first()).toContainText('Paula Núñez')
  const sales = list.getByRole('checkbox', { name: /^Representante de ventas: Paula Núñez/ }).first()
  await sales.check()
  await frame.getByLabel('Buscar empleado').fill('')
  await list.getByRole('button', { name: /Andina Comercial/ }).click()
  await list.getByRole('checkbox', { name: /^Control de calidad: .* de Ventas$/ }).check()
  const staged = frame.getByText(/^\d+ cambios sin aplicar$/)
  const words = (await staged.textContent()) ?? ''

  // What was chosen is there when one comes back to it, and when the frame, which may keep nothing, is loaded again.
  await frame.getByRole('link', { name: 'Chats', exact: true }).click()
  await expect(staged).toBeHidden()
  await employees()
  await expect(frame.getByText(words)).toBeVisible()
  await page
    .frames()
    .at(-1)
    ?.evaluate(() => localStorage.clear())
  await reloadInside(page)
  await expect(frame.getByText(words)).toBeVisible()
  await frame.getByRole('button', { name: 'Aplicar', exact: true }).click()
  const review = frame.getByRole('dialog', { name: 'Revise los cambios' })
  await expect(review.getByText('Gana: leer todos los chats; ver el tablero')).toBeVisible()
  await expect(review.getByText(/Paula Núñez/)).toBeVisible()
  await review.getByRole('button', { name: 'Aplicar cambios' }).click()
  await expect(frame.getByText('Roles aplicados.')).toBeVisible(THOUSANDS)
  await expect(frame.getByText(/Con acceso: 33\d de 2000/)).toBeVisible()
  const box = await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  expect(box).toBeLessThanOrEqual(0)
})
