import { violations } from './barriers.ts'
import { colleague, expect, test } from './demo.ts'
import { openChat, row, write } from './desk.ts'

test('sign-in has no barrier', async ({ page, demo }) => {
  await page.goto(demo.address)
  await expect(page.getByRole('button', { name: 'Entrar', exact: true })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('sign-up and a spent link have no barrier', async ({ page, demo }) => {
  for (const [path, title] of [
    ['/alta', 'Crear una empresa'],
    [`/enlace/${'A'.repeat(43)}`, 'Este enlace ya no sirve'],
  ]) {
    await page.goto(`${demo.address}${path}`)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    expect(await violations(page), path).toEqual([])
  }
})

test('inbox, thread, menu and settings have no barrier', async ({ agent, browser, customer, demo, sim, number }) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'hola', customerName: customer.name })
  await sim.writes(customer.phone, { to: number.phone, kind: 'image' })
  await sim.writes(customer.phone, { to: number.phone, kind: 'document' })
  await sim.writes(customer.phone, { to: number.phone, kind: 'voice' })
  // A row that is being measured is hidden, and what it says with it.
  await expect(row(agent, customer.name)).toBeVisible()
  expect(await violations(agent)).toEqual([])

  await openChat(agent, customer.name)
  await sim.misbehave({ target: 'meta', number: number.phone, failStatus: 131_047 })
  await write(agent, 'esto no llegará')
  await expect(agent.getByRole('article').getByRole('button', { name: 'Reintentar' })).toBeVisible()
  expect(await violations(agent)).toEqual([])

  await agent.getByRole('article').filter({ hasText: 'esto no llegará' }).locator('time').tap()
  await agent.getByRole('button', { name: 'Detalles' }).click()
  await expect(agent.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  expect(await violations(agent)).toEqual([])

  const administrator = await colleague(browser, demo, 'administrator')
  await administrator.goto(`${demo.address}/settings`)
  await expect(administrator.getByRole('button', { name: 'Cerrar sesión' })).toBeVisible()
  expect(await violations(administrator)).toEqual([])
  await administrator.goto(`${demo.address}/settings/channels`)
  await expect(administrator.getByRole('link', { name: /Gupshup/ }).first()).toBeVisible()
  expect(await violations(administrator)).toEqual([])
  await administrator
    .getByRole('link', { name: /Gupshup/ })
    .first()
    .click()
  await expect(administrator.getByRole('img', { name: 'Código QR del enlace' })).toBeVisible()
  expect(await violations(administrator)).toEqual([])
  await administrator.getByRole('button', { name: 'Cambiar: Horario de atención' }).click()
  await expect(administrator.getByRole('dialog')).toBeVisible()
  expect(await violations(administrator)).toEqual([])
  await administrator.context().close()
})

test('the screens of people, roles, departments, audit, keys and company have no barrier', async ({ browser, demo }) => {
  const administrator = await colleague(browser, demo, 'administrator')
  for (const [path, title] of [
    ['settings/people', 'Personas'],
    ['settings/roles', 'Roles y permisos'],
    ['settings/departments', 'Departamentos'],
    ['settings/audit', 'Auditoría'],
    ['settings/api-keys', 'Claves de API'],
    ['settings/company', 'Empresa'],
    ['settings/account', 'Mi cuenta'],
    ['settings/notifications', 'Avisos'],
    ['transfers', 'Traspasos'],
  ]) {
    await administrator.goto(`${demo.address}/${path}`)
    await expect(administrator.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await expect(administrator.locator('[aria-busy=true]')).toHaveCount(0)
    expect(await violations(administrator), path).toEqual([])
  }
  await administrator.context().close()
})

test('contacts, a card, an import and the client database have no barrier', async ({ browser, customer, demo, sim, number }) => {
  await sim.debtor({ id: `A-${customer.phone}`, phone: customer.phone, holder: customer.name, balance: 10 })
  await sim.writes(customer.phone, { to: number.phone, text: 'hola', customerName: customer.name })
  const page = await colleague(browser, demo, 'administrator')
  await page.goto(`${demo.address}/contacts`)
  await page.getByLabel('Nombre o número').fill(customer.name)
  await page.getByRole('list', { name: 'Contactos' }).getByRole('button').filter({ hasText: customer.name }).click()
  await expect(page.getByText('Datos del cliente')).toBeVisible()
  await expect(page.getByText('Saldo')).toBeVisible()
  expect(await violations(page), 'card').toEqual([])
  for (const [path, there] of [
    ['/contacts', 'Archivados'],
    ['/contacts/clients', 'Titular'],
    ['/contacts/issues', 'Incompletos'],
    ['/contacts/import', 'Elegir archivo CSV'],
    ['/settings/client-source', 'Probar la conexión'],
  ]) {
    await page.goto(`${demo.address}${path}`)
    await expect(page.getByText(there ?? '').first()).toBeVisible()
    expect(await violations(page), path).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
  }
  await page.context().close()
})
