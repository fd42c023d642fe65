/** Unofficial numbers: linked with the phone at hand, and chatting: CRM-08, CRM-10, CRM-90, CRM-91. */
import type { Browser, Locator, Page } from '@playwright/test'
import type { DemoFile } from '../scripts/house.ts'
import { violations } from './barriers.ts'
import { colleague, expect, test } from './demo.ts'
import { openChat, row, show, slip, tick, write } from './desk.ts'
import type { Simulators } from './outside.ts'
import { ownComputer } from './outside.ts'

/** Adds an unofficial number and opens what links it. */
async function addNumber(admin: Page, address: string, name: string): Promise<void> {
  await admin.goto(`${address}/settings/channels`)
  await admin.getByRole('button', { name: 'Agregar número' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByRole('combobox', { name: 'Proveedor' }).selectOption('session')
  await expect(sheet.getByText('No está afiliado a WhatsApp')).toBeVisible()
  await sheet.getByRole('textbox', { name: 'Nombre' }).fill(name)
  await sheet.getByRole('button', { name: 'Añadir y vincular' }).click()
  await expect(admin.getByRole('region', { name: 'Vínculo con WhatsApp' })).toBeVisible()
}

/** Put away, so that other journeys find the numbers they know; whoever put it away can bring it back. */
async function putAway(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Archivar el número' }).click()
  await expect(admin.getByRole('button', { name: 'Restaurar el número' })).toBeVisible()
}

async function openNumber(admin: Page, address: string, name: string): Promise<void> {
  await admin.goto(`${address}/settings/channels`)
  // Its name and then its telephone number: the list as it was left may still show another one whose name begins alike.
  await admin.getByRole('link', { name: new RegExp(`^${name} \\+`) }).click()
}

/** A computer of the company's own is let in, runs the number, and is let in no more. Ends on the number's page. */
async function onAnOwnComputer(admin: Page, demo: DemoFile, name: string): Promise<void> {
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('button', { name: 'Equipos propios' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Agregar un equipo' }).click()
  await sheet.getByRole('textbox', { name: 'Nombre del equipo' }).fill('PC de la oficina')
  await sheet.getByRole('button', { name: 'Crear el acceso' }).click()
  const token = sheet.getByText(/^wbn1\.[\w.-]+$/)
  await expect(token).toBeVisible()
  await show(admin, 'acceso de un equipo propio')
  expect(await violations(admin)).toEqual([])
  const turnOff = await ownComputer(demo, (await token.textContent()) ?? '')
  await sheet.getByRole('button', { name: 'Listo' }).click()
  const line = sheet.getByRole('listitem').filter({ hasText: 'PC de la oficina' })
  await expect(line.getByText('En línea')).toBeVisible({ timeout: 15_000 })
  await show(admin, 'equipos propios')
  await sheet.getByRole('button', { name: 'Cerrar' }).click()

  await openNumber(admin, demo.address, name)
  const link = admin.getByRole('region', { name: 'Vínculo con WhatsApp' })
  await link.getByRole('combobox', { name: 'Quién atiende este número' }).selectOption('PC de la oficina')
  await expect(link.getByText(/^Conectado desde .* · Lo atiende el programa PC de la oficina/)).toBeVisible({ timeout: 15_000 })
  await show(admin, 'número en un equipo propio')
  await link.getByRole('combobox', { name: 'Quién atiende este número' }).selectOption('Nuestros servidores')
  await expect(link.getByText(/^Conectado desde .* · Lo atiende el programa Este equipo/)).toBeVisible({ timeout: 15_000 })
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('button', { name: 'Equipos propios' }).click()
  await line.getByRole('button', { name: 'Quitar el acceso: PC de la oficina' }).click()
  await line.getByRole('alertdialog').getByRole('button', { name: 'Quitar el acceso' }).click()
  await expect(line.getByText('Sin acceso')).toBeVisible()
  await turnOff()
  await sheet.getByRole('button', { name: 'Cerrar' }).click()
  await openNumber(admin, demo.address, name)
}

const WORDS = 'tres tristes tigres comen trigo'

/** Takes the keys of the number on this page away in a file; gives where it is. */
async function keysInAFile(admin: Page): Promise<string> {
  await admin.getByRole('button', { name: 'Copia de respaldo' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Frase para cerrar el archivo').fill(WORDS)
  await sheet.getByLabel('La misma frase otra vez').fill(WORDS)
  await show(admin, 'copia de respaldo')
  expect(await violations(admin)).toEqual([])
  const download = admin.waitForEvent('download')
  await sheet.getByRole('button', { name: 'Descargar la copia' }).click()
  return (await download).path()
}

/** Its number is put away: a new one goes on with the keys of the file, without the phone. */
async function putBack(admin: Page, address: string, name: string, file: string): Promise<void> {
  await addNumber(admin, address, `${name} otra vez`)
  const link = admin.getByRole('region', { name: 'Vínculo con WhatsApp' })
  await link.getByRole('button', { name: 'Copia de respaldo' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Elegir el archivo').setInputFiles(file)
  await expect(sheet.getByText(/^Copia de \+593 .*, hecha el/)).toBeVisible()
  await sheet.getByLabel('Frase del archivo').fill('otra frase cualquiera')
  await sheet.getByRole('button', { name: 'Restaurar y conectar' }).click()
  await expect(sheet.getByText('La frase no abre esta copia')).toBeVisible()
  await show(admin, 'frase equivocada')
  await sheet.getByLabel('Frase del archivo').fill(WORDS)
  await sheet.getByRole('button', { name: 'Restaurar y conectar' }).click()
  await expect(link.getByText('Conectado', { exact: true })).toBeVisible({ timeout: 15_000 })
  await show(admin, 'copia restaurada')
  await putAway(admin)
}

/** What goes beside words, both ways: `theirs` is the customer's phone. */
async function besideWords(
  page: Page,
  theirs: Page,
  sim: Simulators,
  { phone, to }: { phone: string; to: string },
): Promise<void> {
  await sim.writes(phone, { to, kind: 'unsupported', what: 'poll', text: '¿Qué día paso?' })
  await sim.writes(phone, { to, kind: 'location', placeName: 'Parque Calderón' })
  await expect(slip(page, '¿Qué día paso?').getByText('Martes')).toBeVisible()
  await expect(slip(page, 'Parque Calderón').getByRole('link', { name: 'Ver en el mapa' })).toBeVisible()
  const say = async (what: string) => {
    await page.getByRole('button', { name: 'Adjuntar' }).click()
    await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click()
    return page.getByRole('dialog')
  }
  const place = await say('Ubicación')
  await place.getByLabel('Enlace del mapa o coordenadas').fill('https://www.google.com/maps?q=-2.9001,-79.0059')
  await place.getByLabel('Nombre del lugar (opcional)').fill('www.farmacia.com')
  await place.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(place.getByText('este número no permite enlaces')).toBeVisible()
  await place.getByLabel('Nombre del lugar (opcional)').fill('Farmacia Centro')
  await show(page, 'enviar una ubicación')
  expect(await violations(page)).toEqual([])
  await place.getByRole('button', { name: 'Enviar', exact: true }).click()
  const somebody = await say('Contacto')
  await somebody.getByLabel('Nombre', { exact: true }).fill('Luis Zamora')
  await somebody.getByLabel('Teléfono', { exact: true }).fill('+593 99 111 2233')
  await somebody.getByRole('button', { name: 'Enviar', exact: true }).click()
  // Their phone shows the chat: what arrives is read.
  await expect(tick(slip(page, 'Luis Zamora'), 'Leído')).toBeVisible()
  for (const words of ['Farmacia Centro', 'Luis Zamora']) await expect(theirs.getByRole('log').getByText(words)).toBeVisible()
  await sim.types(phone, to)
  await expect(page.getByRole('status').filter({ hasText: 'escribiendo…' })).toBeVisible()
  await show(page, 'más que palabras')
}

/** The number of a business, with the phone that it is on in a browser of its own. */
async function aNumber(browser: Browser, demo: DemoFile, sim: Simulators, owner: { phone: string; name: string }) {
  await sim.adds({ kind: 'session', ...owner })
  const admin = await colleague(browser, demo, 'administrator')
  await addNumber(admin, demo.address, owner.name)
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await phone.goto(`${demo.simulators.owner}?${new URLSearchParams({ phone: owner.phone })}`)
  return { admin, phone, link: admin.getByRole('region', { name: 'Vínculo con WhatsApp' }) }
}

/** The phone of the number scans what the screen shows. */
async function scan(phone: Page, link: Locator): Promise<void> {
  const drawn = (await link.getByRole('link', { name: 'Abrir el código en WhatsApp' }).getAttribute('href')) ?? ''
  await phone.getByRole('textbox', { name: 'Texto del código QR' }).fill(drawn)
  await phone.getByRole('button', { name: 'Escanear', exact: true }).click()
}

test('a phone that is another number of the company already: the new one says why it was unlinked, and where its chats are @tablet', async ({
  browser,
  customer,
  demo,
  sim,
}) => {
  const owner = { phone: customer.phone.replace(/^5939/, '5938'), name: 'Farmacia Este' }
  const { admin, phone, link } = await aNumber(browser, demo, sim, owner)
  await link.getByRole('button', { name: 'Mostrar el código QR' }).click()
  await scan(phone, link)
  await expect(link.getByText('Conectado', { exact: true })).toBeVisible()

  await addNumber(admin, demo.address, `${owner.name}, otra vez`)
  await link.getByRole('button', { name: 'Mostrar el código QR' }).click()
  await scan(phone, link)
  const why = 'Ese WhatsApp ya es de otro número de su empresa; por eso aquí se desvinculó.'
  await expect(link.getByText(why)).toBeVisible()
  await expect(link.getByText('Use ese número: ahí están sus chats.')).toBeVisible()
  // Whoever looks after numbers is told, wherever they are.
  await expect(admin.getByRole('status').filter({ hasText: why })).toBeVisible()
  await show(admin, 'teléfono de otro número')
  expect(await violations(admin)).toEqual([])
  await putAway(admin)
  await openNumber(admin, demo.address, owner.name)
  await expect(link.getByText('Conectado', { exact: true })).toBeVisible()
  await putAway(admin)
})

// On a phone one cannot scan one's own screen: eight letters.
test('with one phone alone: linked by eight letters, its keys are taken away in a file, and go on from there @phone', async ({
  browser,
  customer,
  demo,
  sim,
}) => {
  const owner = { phone: customer.phone.replace(/^5939/, '5938'), name: 'Farmacia Sur' }
  const { admin, phone, link } = await aNumber(browser, demo, sim, owner)
  await link.getByRole('textbox', { name: 'Número de ese teléfono' }).fill(`+${owner.phone}`)
  await link.getByRole('button', { name: 'Pedir el código' }).click()
  const code = link.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await expect(code).toBeVisible()
  await show(admin, 'código de ocho letras')
  await phone.getByRole('textbox', { name: 'Código de 8 letras' }).fill((await code.textContent()) ?? '')
  await phone.getByRole('button', { name: 'Vincular con el código' }).click()
  await expect(link.getByText('Conectado', { exact: true })).toBeVisible()
  await show(admin, 'número vinculado')
  const file = await keysInAFile(admin)
  await putAway(admin)
  await putBack(admin, demo.address, owner.name, file)
})

test('an administrator links a number with the phone at hand; its customers are answered, and ticks come back @tablet', async ({
  browser,
  customer,
  demo,
  sim,
}) => {
  test.setTimeout(120_000)
  const owner = { phone: customer.phone.replace(/^5939/, '5938'), name: 'Farmacia Norte' }
  const old = { phone: customer.phone.replace(/^5939/, '5937'), name: `Nelly Sarango ${customer.phone.slice(-4)}` }
  const { admin, phone, link } = await aNumber(browser, demo, sim, owner)
  await sim.saves(owner.phone, { phone: old.phone, name: `Doña ${old.name}` })
  await sim.remembers(owner.phone, { ...old, messages: 3, days: 20 })

  await link.getByRole('button', { name: 'Mostrar el código QR' }).click()
  await expect(link.getByAltText('Código QR para vincular el número')).toBeVisible()
  await expect(link.getByText(/Se renueva en \d+ s/)).toBeVisible()
  await show(admin, 'código QR')
  expect(await violations(admin)).toEqual([])
  await scan(phone, link)
  await expect(link.getByText('Conectado', { exact: true })).toBeVisible()
  await expect(link.getByText(owner.name)).toBeVisible()
  await show(admin, 'número vinculado')

  const past = admin.getByRole('region', { name: 'Historial del teléfono' })
  await past.getByRole('button', { name: 'Importar historial' }).click()
  await expect(past.getByText('Todo lo entregado está importado')).toBeVisible()
  await expect(past.getByText('3 mensajes en 1 chat')).toBeVisible()
  await show(admin, 'historial importado')

  const book = admin.getByRole('region', { name: 'Contactos del teléfono' })
  await book.getByRole('button', { name: 'Leer otra vez' }).click()
  await book.getByRole('button', { name: 'Revisar' }).click()
  const sheet = admin.getByRole('dialog', { name: 'Contactos del teléfono' })
  await sheet.getByRole('button', { name: /^Sin nombre aquí/ }).click()
  await sheet.getByRole('checkbox', { name: `Doña ${old.name}` }).check()
  await show(admin, 'contactos propuestos')
  expect(await violations(admin)).toEqual([])
  await sheet.getByRole('button', { name: 'Aceptar 1' }).click()
  await expect(admin.getByText('1 contacto aceptado')).toBeVisible()
  await sheet.getByRole('button', { name: 'Cerrar' }).click()
  await expect(book.getByText('1 aceptado')).toBeVisible()
  await show(admin, 'contactos del teléfono')
  // What was said before is there to be read, and waits for nobody.
  await admin.goto(`${demo.address}/chats`)
  await admin.getByRole('button', { name: /^Cerrados/ }).click()
  // Weeks old, it stands far down among what others have closed since.
  await admin.getByRole('button', { name: 'Buscar' }).click()
  await admin.getByRole('searchbox', { name: 'Nombre o número' }).fill(old.name)
  await expect(row(admin, `Doña ${old.name}`)).not.toContainText(/sin responder|nuevo/i)
  await openChat(admin, `Doña ${old.name}`)
  await expect(slip(admin, 'Con gusto, le confirmo el pedido 1.')).toBeVisible()
  await show(admin, 'chat de antes del vínculo')
  await admin.goto(`${demo.address}/chats`)
  await admin.getByRole('button', { name: /^Abiertos/ }).click()

  await sim.writes(customer.phone, { to: owner.phone, text: '¿Tienen paracetamol?', customerName: customer.name })
  await openChat(admin, customer.name)
  await expect(slip(admin, '¿Tienen paracetamol?')).toBeVisible()
  await write(admin, 'Sí, ¿cuántas cajas?')
  await expect(tick(slip(admin, 'Sí, ¿cuántas cajas?'), 'Entregado')).toBeVisible()
  await show(admin, 'chat de un número no oficial')

  const menuOf = async (text: string, name: string) => {
    await slip(admin, text).click({ button: 'right' })
    await admin.getByRole('dialog').getByRole('button', { name }).click()
  }
  await menuOf('Sí, ¿cuántas cajas?', 'Editar')
  await admin.getByRole('textbox', { name: 'Texto del mensaje' }).fill('Sí, ¿cuántas tabletas?')
  await admin.getByRole('button', { name: 'Guardar el texto' }).click()
  await expect(slip(admin, 'Sí, ¿cuántas tabletas?')).toBeVisible()
  const theirs = await customer.phonePage(owner.phone)
  await expect(theirs.getByRole('log').getByText('Sí, ¿cuántas tabletas?')).toBeVisible()
  await menuOf('Sí, ¿cuántas tabletas?', 'Eliminar para todos')
  await admin.getByRole('dialog').getByRole('button', { name: 'Eliminar para todos' }).click()
  await expect(admin.getByText('Este mensaje se eliminó')).toBeVisible()
  // How she looks on WhatsApp takes the place of her initials.
  const face = admin.locator('main header img, header img').first()
  await expect(face).toBeVisible()
  await expect.poll(() => face.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true)
  await show(admin, 'foto del cliente')
  await expect(theirs.getByRole('log').getByText('Sí, ¿cuántas tabletas?')).toBeHidden()
  await besideWords(admin, theirs, sim, { phone: customer.phone, to: owner.phone })

  await openNumber(admin, demo.address, owner.name)
  const steady = admin.getByRole('region', { name: 'Tiempo conectado' })
  await expect(steady.getByText(/% conectado/)).toBeVisible()
  await expect(steady.getByRole('img', { name: /Historia de 24 horas\. Conectado/ })).toBeVisible()
  await steady.getByRole('button', { name: '30 días' }).click()
  await expect(steady.getByText('Ningún corte.')).toBeVisible()
  await steady.scrollIntoViewIfNeeded()
  await show(admin, 'tiempo conectado')
  await onAnOwnComputer(admin, demo, owner.name)
  await putAway(admin)
})
