/** From the marketplace’s card to a conversation between the customer’s phone and the operator’s page: B24-01, B24-36, B24-78, B24-96. */
import type { Browser, Locator, Page } from '@playwright/test'
import { expect, test } from './demo.ts'
import { openChat, show, slip, write } from './desk.ts'
import { aPortal, frameIn, goTo, playAs } from './portal.ts'

const OPERATOR = '2'

/** Somebody else's browser, as large as this one. */
const another = async (browser: Browser): Promise<Page> => (await browser.newContext(test.info().project.use)).newPage()

/** One tap in the frame opens the application in the phone's own browser, signed in. */
async function ownBrowser(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await frameIn(page).getByRole('button', { name: 'Abrir WhatsappB24' }).press('Enter')
  const own = await opened
  await expect(own).toHaveURL(/\/chats/)
  return own
}

/** A message on the customer's phone, and in the open line. */
const onPhone = (phone: Page, text: string) => phone.getByRole('log').getByRole('listitem').filter({ hasText: text })
const inLine = (operator: Page, text: string) =>
  operator.getByRole('log', { name: 'Mensajes' }).getByRole('listitem').filter({ hasText: text })

/** The customer writes. */
async function says(phone: Page, text: string): Promise<void> {
  await phone.getByRole('textbox', { name: 'Mensaje' }).fill(text)
  await phone.getByRole('button', { name: 'Enviar', exact: true }).click()
}

/**
 * Taps in one go. The simulated portal draws its page anew with whatever happens there, also between a finger's coming down and its
 * going up, and closes the menus that are open. In its frame, which is of another site, this browser counts a phone's doubled
 * pixels twice now and then: the finger comes down somewhere else.
 */
async function taps(what: Locator): Promise<void> {
  await expect(what).toBeEnabled()
  await what.dispatchEvent('click')
}

/** The operator writes. */
async function answers(operator: Page, text: string): Promise<void> {
  await operator.getByRole('textbox', { name: 'Mensaje' }).fill(text)
  await taps(operator.getByRole('button', { name: 'Enviar', exact: true }))
}

/** Chosen from the menu of a message, on the phone and in the open line. */
async function menu(phone: Page, text: string, what: string): Promise<void> {
  await onPhone(phone, text)
    .last()
    .getByRole('button', { name: /^Opciones/ })
    .click()
  await phone.getByRole('dialog').getByRole('button', { name: what }).click()
}
async function bubbleMenu(operator: Page, text: string, what: string): Promise<void> {
  await taps(inLine(operator, text).getByRole('button', { name: what, includeHidden: true }))
}

async function attachExample(phone: Page, what: string): Promise<void> {
  await phone.getByRole('button', { name: 'Adjuntar' }).click()
  await phone.getByRole('button', { name: `${what} de ejemplo` }).click()
}

test('installed from the card, a number on an open line, and the first message is answered by an operator @phone @desktop', async ({
  browser,
  page,
  demo,
  sim,
  customer,
}) => {
  test.setTimeout(180_000)
  // New each time: a number that another company has linked is refused.
  const business = { phone: `5936${String(Date.now()).slice(-8)}`, name: 'Ventas Lima' }
  const portal = await aPortal(demo, 'Comercial Andina')
  await sim.adds({ kind: 'session', ...business })
  const frame = frameIn(page)
  await page.goto(portal.address)
  await goTo(page, 'Aplicaciones')
  await show(page, 'the card of the application')
  const startedAt = Date.now()

  await test.step('In Applications, tap Install', () => page.getByRole('button', { name: 'Instalar' }).click())
  await test.step('Tap «Empezar con una cuenta nueva»: the application opens where its first number is added', async () => {
    await show(page, 'the installer')
    await taps(frame.getByRole('button', { name: 'Empezar con una cuenta nueva' }))
    await expect(frame.getByRole('button', { name: 'Agregar número' })).toBeVisible()
    await show(page, 'installed')
  })
  const sheet = frame.getByRole('dialog', { name: business.name })
  await test.step('Tap Add a number, choose the provider, give it a name', async () => {
    await taps(frame.getByRole('button', { name: 'Agregar número' }))
    await frame.getByRole('combobox', { name: 'Proveedor' }).selectOption('session')
    await frame.getByRole('textbox', { name: 'Nombre' }).fill(business.name)
    await taps(frame.getByRole('button', { name: 'Añadir y vincular' }))
  })
  await test.step('Show the QR code, and scan it with the phone of the number', async () => {
    await taps(sheet.getByRole('button', { name: 'Mostrar el código QR' }))
    const drawn = sheet.getByRole('link', { name: 'Abrir el código en WhatsApp' })
    await expect(drawn).toBeVisible()
    await show(page, 'the code to scan')
    const scanning = await another(browser)
    await scanning.goto(`${demo.simulators.owner}?${new URLSearchParams({ phone: business.phone })}`)
    // The one that is drawn by then.
    const code = (await drawn.getAttribute('href')) ?? ''
    await scanning.getByRole('textbox', { name: 'Texto del código QR' }).fill(code)
    await scanning.getByRole('button', { name: 'Escanear', exact: true }).click()
    await expect(sheet.getByText('Conectado', { exact: true })).toBeVisible()
  })
  await test.step('The only open line that is free is chosen already: tap Bind', async () => {
    await taps(sheet.getByRole('button', { name: 'Vincular', exact: true }))
    await expect(sheet.getByText('Canal abierto «Atención al cliente»')).toBeVisible()
  })
  const phone = await customer.phonePage(business.phone)
  await test.step('A customer writes to the number', () => says(phone, 'Hola, ¿tienen stock?'))
  const operator = await another(browser)
  await test.step('The operator reads it in the portal’s chats', async () => {
    await operator.goto(portal.address)
    await playAs(operator, OPERATOR)
    // A portal takes letters only into a name.
    await taps(operator.getByRole('link', { name: /^Rosa Huamán/ }))
    await expect(inLine(operator, 'Hola, ¿tienen stock?')).toBeVisible()
  })
  await test.step('and answers: the customer’s phone shows it, delivered and read', async () => {
    await answers(operator, 'Sí, ¿cuántos quiere?')
    await expect(onPhone(phone, 'Sí, ¿cuántos quiere?')).toBeVisible()
    await expect(inLine(operator, 'Sí, ¿cuántos quiere?').getByRole('img', { name: 'Entregado y leído' })).toBeVisible()
    await show(operator, 'the operator’s page')
    await show(phone, 'the customer’s phone')
  })
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  test.info().annotations.push({ type: 'from the card to the first answer, by a machine', description: `${seconds} s` })

  await test.step('Test connection: every check passes', async () => {
    await taps(sheet.getByRole('button', { name: 'Probar conexión' }))
    await expect(sheet.getByText(/Todo en orden/)).toBeVisible()
    await show(page, 'the connection tested')
    await taps(sheet.getByRole('button', { name: 'Cerrar' }))
    await expect(sheet).toBeHidden()
  })

  await test.step('The customer quotes, sends a picture, a file and a voice note; the operator has them', async () => {
    await menu(phone, 'Sí, ¿cuántos quiere?', 'Responder')
    await says(phone, 'Tres')
    await expect(inLine(operator, 'Tres')).toContainText('Sí, ¿cuántos quiere?')
    for (const what of ['Foto', 'PDF', 'Nota de voz']) await attachExample(phone, what)
    await expect(operator.getByRole('log').locator('.theirs img')).toHaveCount(1)
    await expect(operator.getByRole('log').locator('.theirs .file')).toHaveCount(2)
    await show(operator, 'files in the open line')
  })
  await test.step('The operator sends a picture, a file and a voice note; they are on the phone', async () => {
    for (const what of ['Foto de ejemplo', 'PDF de ejemplo', 'Audio de ejemplo'])
      await operator.getByLabel('Adjuntar').selectOption({ label: what })
    const theirs = phone.getByRole('log').locator('li:not(.mine)')
    await expect(theirs.locator('img.picture')).toHaveCount(1)
    await expect(theirs.locator('a.file')).toHaveCount(1)
    await expect(theirs.locator('audio')).toHaveCount(1)
    await show(phone, 'files on the phone')
  })
  await test.step('The customer corrects a message and takes one back', async () => {
    await menu(phone, 'Tres', 'Editar')
    await says(phone, 'Cuatro')
    await expect(inLine(operator, 'Cuatro')).toContainText('editado')
    await menu(phone, 'Cuatro', 'Eliminar para todos')
    await expect(inLine(operator, 'Mensaje eliminado')).toHaveCount(1)
  })
  await test.step('The operator corrects a message and takes one back', async () => {
    await answers(operator, 'Son diez dólares')
    await expect(onPhone(phone, 'Son diez dólares')).toBeVisible()
    await bubbleMenu(operator, 'Son diez dólares', 'Editar')
    await operator.getByRole('textbox', { name: 'Mensaje corregido' }).fill('Son doce dólares')
    await operator.getByRole('button', { name: 'Guardar' }).click()
    // What has not left yet is changed once it has: half a minute is what that may take.
    await expect(onPhone(phone, 'Son doce dólares')).toContainText('editado', { timeout: 40_000 })
    await bubbleMenu(operator, 'Son doce dólares', 'Eliminar')
    await expect(onPhone(phone, 'Mensaje eliminado')).toHaveCount(2, { timeout: 40_000 })
    await show(phone, 'edited and deleted')
  })

  const own = test.info().project.name === 'phone' ? await ownBrowser(page) : null
  const app = own ?? frame
  await test.step('Whoever works in the application answers in the same chat; each word stands once everywhere', async () => {
    if (!own) await taps(frame.getByRole('link', { name: 'Chats', exact: true }))
    await openChat(app, 'Rosa Huamán')
    await write(app, 'Le atiende Ana')
    await expect(onPhone(phone, 'Le atiende Ana')).toBeVisible()
    await expect(inLine(operator, 'Le atiende Ana')).toContainText('Ana Vera')
    await says(phone, 'Gracias, Ana')
    await expect(inLine(operator, 'Gracias, Ana')).toBeVisible()
    // Nothing comes back as an echo: by now it would have.
    for (const words of ['Le atiende Ana', 'Gracias, Ana']) {
      await expect(slip(app, words)).toHaveCount(1)
      await expect(inLine(operator, words)).toHaveCount(1)
      await expect(onPhone(phone, words)).toHaveCount(1)
    }
    await show(own ?? page, 'the same chat in the application')
  })
  const atWork = own ?? page
  await test.step('The operator ends the conversation: the chat is closed in the application', async () => {
    await taps(operator.getByRole('button', { name: 'Finalizar' }))
    await expect(app.getByText('Bitrix24 cerró el chat')).toBeVisible()
  })
  await test.step('The customer writes again: a new one begins; closed in the application, it ends in the portal', async () => {
    await says(phone, 'Una cosa más')
    await expect(slip(app, 'Una cosa más')).toBeVisible()
    await expect(operator.getByText(/En atención, atiende Ana Vera/)).toBeVisible()
    await taps(app.getByRole('button', { name: 'Más acciones' }))
    await taps(app.getByRole('button', { name: 'Cerrar el chat' }))
    await expect(operator.getByText(/Cerrada, atiende Ana Vera/)).toBeVisible()
    await show(atWork, 'closed in the application')
    await show(operator, 'ended in the portal')
  })
})

test('in the Contact Center’s slider a number is added to an open line, and tested @phone @desktop', async ({ page, demo }) => {
  const portal = await aPortal(demo, 'Botica Norte')
  await page.goto(portal.address)
  await goTo(page, 'Aplicaciones')
  await page.getByRole('button', { name: 'Instalar' }).click()
  await taps(frameIn(page).getByRole('button', { name: 'Empezar con una cuenta nueva' }))
  await expect(frameIn(page).getByRole('button', { name: 'Agregar número' })).toBeVisible()

  const slider = frameIn(page.locator('#slider'))
  await test.step('Contact Center, WhatsApp, choose the open line, connect', async () => {
    await goTo(page, 'Centro de contacto')
    await show(page, 'the contact center')
    await page.getByRole('button', { name: /WhatsApp/ }).click()
    await page.getByRole('button', { name: 'Conectar', exact: true }).click()
    await expect(slider.getByRole('heading', { name: 'WhatsApp en «Atención al cliente»' })).toBeVisible()
  })
  await test.step('Add a number right there', async () => {
    await taps(slider.getByRole('button', { name: 'Agregar número' }))
    await slider.getByRole('combobox', { name: 'Proveedor' }).selectOption('session')
    await slider.getByRole('textbox', { name: 'Nombre' }).fill('Botica')
    await taps(slider.getByRole('button', { name: 'Añadir y vincular' }))
    await expect(slider.getByRole('button', { name: 'Mostrar el código QR' })).toBeVisible()
    await taps(slider.getByRole('button', { name: 'Vincular', exact: true }))
    await expect(slider.getByText('Botica', { exact: true })).toBeVisible()
  })
  await test.step('Test connection: each check with pass or fail and what helps', async () => {
    await taps(slider.getByRole('button', { name: 'Probar conexión' }))
    await expect(slider.getByRole('listitem').filter({ hasText: 'El conector está activo' })).toContainText('Bien')
    await expect(slider.getByRole('listitem').filter({ hasText: 'número de WhatsApp está conectado' })).toContainText('Falla')
    await show(page, 'the connector’s page in the slider')
  })
})
