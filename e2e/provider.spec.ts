/** A number at its provider, as its administrator sees it: B24-22 to B24-31, B24-82, B24-85 to B24-87. */
import type { Page } from '@playwright/test'
import { openChat, show, slip } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

/** A picture of 400 by 300: one colour, PNG, made by the browser itself. */
const aPicture = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 400
    canvas.height = 300
    const pen = canvas.getContext('2d')
    if (pen) pen.fillStyle = '#283593'
    pen?.fillRect(0, 0, 400, 300)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a Gupshup number: its partner tells all, the profile is edited there, an empty wallet and a lost hook are told @tablet', async ({
  browser,
  customer,
  demo,
  sim,
}) => {
  const phone = `59397${customer.phone.slice(-7)}`
  const [appId, apiKey, name] = [`app-${customer.phone}`, `sk_${customer.phone}_first`, `Quito ${phone.slice(-4)}`]
  const told = { quality: 'YELLOW', limit: 'TIER_250', balance: 3.25 }
  const number = { kind: 'gupshup', appId, phone, name: 'Banco', appName: 'BancoQuito', hookUrl: null }
  await sim.adds({ ...number, apiKey, told })
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('button', { name: 'Agregar número' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Proveedor').selectOption('gupshup')
  await sheet.getByLabel('Nombre', { exact: true }).fill(name)
  await sheet.getByLabel('Número', { exact: true }).fill(`0${phone.slice(3)}`)
  await sheet.getByLabel('Tipo de acceso').selectOption('partner')
  await sheet.getByLabel('Nombre de la aplicación').fill('BancoQuito')
  await sheet.getByLabel('Identificador de la aplicación').fill(appId)
  await sheet.getByLabel('Clave', { exact: false }).last().fill('sk_not_the_key')
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).click()
  await expect(sheet.getByRole('alert')).toContainText('clave')
  await sheet.getByLabel('Clave', { exact: false }).last().fill(apiKey)
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).click()
  // Nobody asks for it: the provider has called our address and registered it.
  await expect(sheet.getByRole('status')).toContainText('El proveedor llamó a esta dirección')
  await show(admin, 'connected by itself')
  await sheet.getByRole('button', { name: 'Listo' }).click()

  await admin.getByRole('link', { name }).click()
  const facts = part(admin, 'En el proveedor')
  for (const fact of ['Media', '250 clientes nuevos', appId, 'En producción', 'clave de un partner', '0 de 250'])
    await expect(facts).toContainText(fact)
  await expect(facts).toContainText('Queda poco saldo en la billetera')
  await expect(part(admin, 'Saldo y billetera')).toContainText('3,25')
  await facts.scrollIntoViewIfNeeded()
  await show(admin, 'at the provider')
  await part(admin, 'Saldo y billetera')
    .getByLabel(/^Avisar si queda menos/)
    .fill('2')
  await part(admin, 'Saldo y billetera').getByRole('button', { name: 'Guardar' }).click()
  await expect(admin.getByText('Guardado.')).toBeVisible()
  await admin.getByRole('button', { name: 'Consultar' }).click()
  await expect(facts).not.toContainText('Queda poco saldo')

  await admin.getByRole('button', { name: 'Cambiar: Perfil de empresa' }).click()
  const profile = admin.getByRole('dialog')
  await profile.getByLabel('Estado').fill('Atendemos de 8 a 18')
  await profile.getByLabel('Rubro').fill('Finance')
  await profile.getByLabel('Dirección').fill('Av. Loja 12')
  await profile.getByLabel('Sitios web').fill('banco.example')
  await profile.getByRole('button', { name: 'Guardar' }).click()
  // The provider says no in its own words, and nothing that was typed is lost.
  await expect(profile.getByRole('alert')).toContainText('Please provide valid details')
  await expect(profile.getByLabel('Estado')).toHaveValue('Atendemos de 8 a 18')
  await profile.getByLabel('Sitios web').fill('https://banco.example')
  await show(admin, 'profile')
  await profile.getByRole('button', { name: 'Guardar' }).click()
  await expect(profile).toBeHidden()
  const card = part(admin, 'Perfil de empresa')
  const buffer = Buffer.from(await aPicture(admin), 'base64')
  await card.getByLabel('Cambiar la foto').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer })
  await expect(card.getByRole('img', { name: 'Foto de perfil' })).toBeVisible()
  await admin.reload()
  await expect(card).toContainText('Av. Loja 12')
  await expect(card).toContainText('Atendemos de 8 a 18')
  await expect(card.getByRole('img', { name: 'Foto de perfil' })).toBeVisible()
  await card.scrollIntoViewIfNeeded()
  await show(admin, 'profile saved')

  // A new key: refused by the provider it changes nothing, taken it replaces the old one.
  await expect(part(admin, 'Clave del proveedor')).toContainText('•••• irst')
  await sim.adds({ ...number, apiKey: `sk_${customer.phone}_second`, told })
  await admin.getByRole('button', { name: 'Cambiar la clave' }).click()
  const key = admin.getByRole('dialog')
  await key.getByLabel('Clave nueva').fill('sk_wrong_key_here')
  await key.getByRole('button', { name: 'Comprobar y cambiar' }).click()
  await expect(key.getByRole('alert')).not.toBeEmpty()
  await key.getByLabel('Clave nueva').fill(`sk_${customer.phone}_second`)
  await key.getByRole('button', { name: 'Comprobar y cambiar' }).click()
  await expect(part(admin, 'Clave del proveedor')).toContainText('•••• cond')
  expect(await admin.content()).not.toContain(`sk_${customer.phone}`)

  // Somebody takes the subscription away at the provider, and the credit runs out.
  const dropped = await fetch(`${new URL(demo.simulators.control).origin}/gupshup-partner/app/${appId}/subscription`, {
    method: 'DELETE',
    headers: { authorization: `sk_${customer.phone}_second` },
  })
  expect(dropped.status).toBe(200)
  await sim.adds({ ...number, apiKey: `sk_${customer.phone}_second`, told: { ...told, balance: -20 } })
  await admin.getByRole('button', { name: 'Consultar' }).click()
  await expect(facts).toContainText('ya no envía los mensajes de este número')
  await admin.getByRole('button', { name: 'Probar', exact: true }).click()
  await expect(admin.getByText(/saldo/).first()).toBeVisible()
  await admin.goto(`${demo.address}/dashboard`)
  await expect(admin.getByRole('link', { name })).toContainText('ya no envía los mensajes')
  await admin.getByRole('link', { name }).scrollIntoViewIfNeeded()
  await show(admin, 'dashboard')
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('link', { name }).click()
  await admin.getByRole('button', { name: 'Conectar y probar' }).click()
  await expect(facts).not.toContainText('ya no envía los mensajes')
  expect(await admin.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await admin.getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Archivar el número' }).click()
  await expect(admin.getByRole('button', { name: 'Restaurar el número' })).toBeVisible()
  await admin.context().close()
})

test('a number to try with says so wherever it stands, and works from end to end @tablet', async ({
  browser,
  agent,
  customer,
  demo,
  sim,
}) => {
  const phone = `59396${customer.phone.slice(-7)}`
  const [id, accessToken, appSecret] = [`66${customer.phone}`, `EAA-${customer.phone}-try`, `secret-try-${customer.phone}`]
  await sim.adds({
    ...{ kind: 'meta', phoneNumberId: id, phone, name: 'Prueba', wabaId: `99${customer.phone}`, accessToken, appSecret },
    ...{ verifyToken: 'none yet', hookUrl: null, told: { sandbox: true } },
  })
  const admin = await colleague(browser, demo, 'administrator')
  await admin.goto(`${demo.address}/settings/channels`)
  await admin.getByRole('button', { name: 'Agregar número' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('Nombre', { exact: true }).fill(`Prueba ${phone.slice(-4)}`)
  await sheet.getByLabel('Número', { exact: true }).fill(`+${phone}`)
  await sheet.getByLabel('Identificador del número').fill(id)
  await sheet.getByLabel('Clave de acceso').fill(accessToken)
  await sheet.getByLabel('Clave secreta de la aplicación (opcional)').fill(appSecret)
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).click()
  await expect(sheet.getByRole('status')).toContainText('El proveedor llamó a esta dirección')
  await sheet.getByRole('button', { name: 'Listo' }).click()
  await expect(admin.getByRole('link', { name: `Prueba ${phone.slice(-4)}` })).toContainText('De prueba')
  await show(admin, 'list of numbers')

  await sim.writes(customer.phone, { to: phone, text: 'Hola, pruebo', customerName: customer.name })
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Hola, pruebo')).toBeVisible()
  await expect(agent.getByRole('main').getByText('De prueba').first()).toBeVisible()
  await show(agent, 'chat of a number to try with')
  await admin.getByRole('link', { name: `Prueba ${phone.slice(-4)}` }).click()
  await admin.getByRole('button', { name: 'Archivar el número' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Archivar el número' }).click()
  await expect(admin.getByRole('button', { name: 'Restaurar el número' })).toBeVisible()
  await admin.context().close()
})
