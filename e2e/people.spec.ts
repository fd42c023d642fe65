/** The company's people, as an administrator and those whom it concerns see it: nothing waits for a reload. */
import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { openChat, row, slip, tick, write } from './desk.ts'
import { colleague, expect, personOf, signIn, test } from './demo.ts'
import { sql } from './outside.ts'

test.afterEach(async () => {
  await sql("update role set changes = '{}', rev = rev + 1 where changes <> '{}' and not is_own")
  await sql('update person set deactivated_at = null where deactivated_at is not null')
})

/** Turns a switch of the matrix as a hand does, reviews what it would do, and applies it. */
async function turn(admin: Page, role: string, permission: string): Promise<void> {
  await admin.goto(`${new URL(admin.url()).origin}/settings/roles`)
  await expect(admin.getByRole('heading', { name: 'Roles y permisos' })).toBeVisible()
  const picker = admin.getByLabel('Rol', { exact: true })
  const cell = admin.getByRole('switch', { name: `${permission}, ${role}` })
  await expect(picker.or(cell).first()).toBeVisible()
  if (await picker.isVisible()) {
    const name = (await picker.locator('option').allTextContents()).find((text) => text.startsWith(role))
    await picker.selectOption({ label: name ?? role })
  }
  await cell.click()
  await admin.getByRole('button', { name: 'Revisar cambios' }).click()
  await expect(admin.getByRole('dialog').getByText(permission)).toBeVisible()
  await admin.getByRole('dialog').getByRole('button', { name: 'Aplicar', exact: true }).click()
  await expect(admin.getByRole('dialog')).toBeHidden()
}

test('a role that changes changes the screen of whoever is online, with no reload @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Buenos días', customerName: customer.name })
  await openChat(agent, customer.name)
  const queue = agent.getByRole('button', { name: 'Iniciar chat' })
  await agent.evaluate(() => Object.assign(window, { untouched: true }))
  const admin = await colleague(browser, demo, 'administrator')
  await turn(admin, 'Agente', 'Ver la cola')
  // The chat is nobody's: without the queue it is not the agent's to see.
  await expect(slip(agent, 'Buenos días')).toBeHidden()
  await expect(row(agent, customer.name)).toBeHidden()

  await turn(admin, 'Agente', 'Ver la cola')
  await agent.goto(`${demo.address}/chats`)
  await expect(row(agent, customer.name)).toBeVisible()
  await agent.evaluate(() => Object.assign(window, { untouched: true }))
  await turn(admin, 'Agente', 'Iniciar chats')
  await expect(queue).toBeHidden()
  expect(await agent.evaluate(() => 'untouched' in window)).toBe(true)
  await admin.context().close()
})

test('somebody who is deactivated is on the sign-in page at once, and their chat is back in the queue @phone', async ({
  browser,
  customer,
  demo,
  sim,
  number,
  agent,
}) => {
  const leaving = await colleague(browser, demo, 'agent')
  await sim.writes(customer.phone, { to: number.phone, text: 'Quisiera pagar', customerName: customer.name })
  await openChat(leaving, customer.name)
  await write(leaving, 'Con gusto le ayudo')
  await expect(tick(slip(leaving, 'Con gusto le ayudo'), 'Entregado')).toBeVisible()
  await expect(row(agent, customer.name)).toBeHidden()

  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/people`)
  await admin.getByText(personOf(demo, 'agent').name).click()
  await admin.getByRole('button', { name: 'Desactivar' }).click()
  await admin.getByRole('dialog', { name: '¿Desactivar a' }).getByRole('button', { name: 'Desactivar', exact: true }).click()
  await expect(leaving.getByLabel('Correo')).toBeVisible()
  await expect(row(agent, customer.name)).toBeVisible()
  await leaving.context().close()
  await admin.context().close()
})

test('an administrator invites somebody, who sets a password by the link and is at work @tablet', async ({ browser, demo }) => {
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/people`)
  await admin.getByRole('button', { name: 'Invitar' }).click()
  const email = `nueva-${test.info().project.name}@demo.local`
  await sql('update person set email = email || id where email = $1', [email])
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Nombre').fill('Lucía Paredes')
  await sheet.getByLabel('Correo').fill(email)
  await sheet.getByLabel('Rol', { exact: true }).selectOption({ label: 'Agente' })
  await sheet.getByRole('button', { name: 'Crear el enlace' }).click()
  const link = await admin
    .getByRole('dialog')
    .getByText(/\/enlace\//)
    .first()
    .textContent()
  expect(link).toContain('/enlace/')

  const context = await browser.newContext(test.info().project.use)
  const page = await context.newPage()
  await page.goto((link ?? '').trim())
  await expect(page.getByText('Lucía Paredes')).toBeVisible()
  await page.getByLabel('Elija una clave').fill('montaña azul 1984')
  await page.getByRole('button', { name: 'Guardar y entrar' }).click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()

  const again = await (await browser.newContext(test.info().project.use)).newPage()
  await again.goto((link ?? '').trim())
  await expect(again.getByRole('heading', { name: 'Este enlace ya no sirve' })).toBeVisible()
  await signIn(again, demo, { name: '', role: 'agent', email, password: 'montaña azul 1984' })
  for (const one of [admin, page, again]) await one.context().close()
})

test('a company begins: whoever signs up manages it, sees nobody else’s chats, and keeps what was typed when refused @tablet', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.address}/alta`)
  await page.getByLabel('Nombre de la empresa').fill('Panadería La Espiga')
  await page.getByLabel('Su nombre').fill('Nelly Cabrera')
  await page.getByLabel('Correo').fill('admin@demo.local')
  await page.getByLabel('Elija una clave').fill('montaña azul 1984')
  const submit = page.getByRole('button', { name: 'Crear la empresa' })
  await submit.click()
  await expect(page.getByRole('alert').filter({ hasText: 'No se pudo crear la empresa' })).toBeVisible()
  await expect(page.getByLabel('Nombre de la empresa')).toHaveValue('Panadería La Espiga')
  await expect(page.getByLabel('Elija una clave')).toHaveValue('montaña azul 1984')

  await page.getByLabel('Correo').fill(`nelly-${test.info().project.name}-${Date.now()}@espiga.example`)
  await submit.click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  await expect(page.locator('a[href^="/chats/"]')).toHaveCount(0)
  await page.goto(`${demo.address}/settings/people`)
  await expect(page.getByText('Nelly Cabrera').first()).toBeVisible()
  await expect(page.getByText('Carmen Ríos')).toHaveCount(0)
})

test('a second factor: switched on by a code of the authenticator, asked for at the next sign-in, a recovery code serves once @phone', async ({
  browser,
  demo,
}) => {
  const admin = await colleague(browser, demo, 'administrator')
  const email = `dos-${test.info().project.name}-${Date.now()}@demo.local`
  await admin.goto(`${demo.address}/settings/people`)
  await admin.getByRole('button', { name: 'Invitar' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Nombre').fill('Édison Torres')
  await sheet.getByLabel('Correo').fill(email)
  await sheet.getByLabel('Rol', { exact: true }).selectOption({ label: 'Agente' })
  await sheet.getByRole('button', { name: 'Crear el enlace' }).click()
  const link = await admin
    .getByRole('dialog')
    .getByText(/\/enlace\//)
    .first()
    .textContent()
  await admin.context().close()

  const page = await (await browser.newContext(test.info().project.use)).newPage()
  await page.goto((link ?? '').trim())
  await page.getByLabel('Elija una clave').fill('montaña azul 1984')
  await page.getByRole('button', { name: 'Guardar y entrar' }).click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  await page.goto(`${demo.address}/settings/account`)
  await page.getByRole('button', { name: 'Activar' }).click()
  await page.getByLabel('Clave actual').fill('montaña azul 1984')
  await page.getByRole('button', { name: 'Continuar' }).click()
  const secret = (await page.locator('code').first().textContent()) ?? ''
  await page.getByLabel('Código de 6 dígitos').fill(totp(secret.replaceAll(/\s/g, ''), Date.now()))
  await page
    .getByRole('button', { name: /Activar|Continuar|Confirmar/ })
    .last()
    .click()
  const codes = page.locator('li').filter({ hasText: /^[0-9A-Za-z]{5}[- ][0-9A-Za-z]{5}$/ })
  await expect(codes).toHaveCount(10)
  const [recovery] = await codes.allTextContents()
  await page.context().close()

  for (const outcome of ['opens', 'refused']) {
    const again = await (await browser.newContext(test.info().project.use)).newPage()
    await again.goto(demo.address)
    await again.getByLabel('Correo').fill(email)
    await again.getByLabel('Clave', { exact: true }).fill('montaña azul 1984')
    await again.getByRole('button', { name: 'Entrar', exact: true }).click()
    await again.getByLabel('Código', { exact: true }).fill(recovery ?? '')
    await again
      .getByRole('button', { name: /Entrar|Continuar/ })
      .first()
      .click()
    if (outcome === 'opens') await expect(again.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
    else await expect(again.getByRole('alert').filter({ hasText: 'no sirve o ya se usó' })).toBeVisible()
    await again.context().close()
  }
})

test('a passkey of this device signs in, without e-mail or password @phone', async ({ browser, demo }) => {
  // Passkeys belong to a name: no browser makes one for a numeric address.
  const address = demo.address.replace('127.0.0.1', 'localhost')
  const page = await (await browser.newContext(test.info().project.use)).newPage()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  const person = personOf(demo, 'supervisor')
  await signIn(page, { ...demo, address }, person)
  await page.goto(`${address}/settings/account`)
  await page.getByRole('button', { name: 'Agregar este equipo' }).click()
  await page.getByLabel('Clave actual').fill(person.password)
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/session/passkeys') && answer.ok())
  await page.getByRole('button', { name: 'Agregar este equipo' }).click()
  await kept
  await expect(page.getByRole('button', { name: /^Quitar: / }).first()).toBeVisible()
  await page.context().clearCookies()
  // The e-mail field offers it by itself, and this authenticator is touched at once.
  const signedIn = page.waitForResponse((answer) => answer.url().endsWith('/api/session/passkey') && answer.ok())
  await page.goto(address)
  await signedIn
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  await page.context().close()
})

/** The code of an authenticator (RFC 6238: SHA-1, 30 s, six digits) for a base32 seed. */
function totp(seed: string, now: number): string {
  const bits = [...seed].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}
