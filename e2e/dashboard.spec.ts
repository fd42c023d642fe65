/** The company's day and its weeks, as a supervisor uses them: CRM-30, CRM-52 to CRM-57. */
import { readFileSync } from 'node:fs'
import { row } from './desk.ts'
import { colleague, expect, personOf, test } from './demo.ts'

test('a figure opens the list that it counts, and who waits is given to somebody else from the dashboard @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  const supervisor = await colleague(browser, demo, 'supervisor')
  await supervisor.getByRole('link', { name: 'Tablero' }).click()
  const unassigned = supervisor.getByRole('link', { name: /Sin asignar/ }).first()
  await expect(unassigned).toContainText('0')
  await sim.writes(customer.phone, { to: number.phone, text: '¿Hay alguien?', customerName: customer.name })
  // No reload: the figure counts the new chat.
  await expect(unassigned).toContainText('1')
  await info.attach('dashboard', { body: await supervisor.screenshot({ fullPage: true }), contentType: 'image/png' })

  await supervisor.getByRole('button', { name: 'Reasignar' }).first().click()
  const sheet = supervisor.getByRole('dialog', { name: 'Reasignar: Sin asignar' })
  await expect(sheet.getByRole('checkbox', { name: customer.name })).toBeChecked()
  await info.attach('reassign', { body: await supervisor.screenshot(), contentType: 'image/png' })
  const name = personOf(demo, 'agent').name
  await sheet.getByRole('button', { name }).click()
  await expect(supervisor.getByText(`1 chat es ahora de ${name}.`)).toBeVisible()
  await expect(row(agent, customer.name)).toBeHidden()

  await expect(unassigned).toContainText('0')
  await supervisor.getByRole('link', { name: new RegExp(`^${name}`) }).click()
  await expect(row(supervisor, customer.name)).toBeVisible()
  await supervisor.context().close()
})

test('metrics of the week: charts, the same as a table, and as files @tablet', async ({
  browser,
  customer,
  demo,
  sim,
  number,
}, info) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Hola', customerName: customer.name })
  const supervisor = await colleague(browser, demo, 'supervisor')
  await supervisor.getByRole('link', { name: 'Tablero' }).click()
  await supervisor.getByRole('link', { name: 'Métricas' }).click()
  await expect(supervisor.getByRole('heading', { name: 'Mensajes por día' })).toBeVisible()
  await expect(supervisor.locator('.uplot')).toHaveCount(2)
  // At dusk the system turns dark, and its lines with it.
  const lines = () =>
    supervisor
      .locator('.uplot canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  const byDay = await lines()
  await supervisor.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(lines).not.toBe(byDay)
  await supervisor.emulateMedia({ colorScheme: 'light' })
  await expect.poll(lines).toBe(byDay)
  await supervisor.getByRole('button', { name: 'Día', exact: true }).click()
  await expect(supervisor.getByRole('row')).toHaveCount(8)
  await supervisor.getByRole('button', { name: '30 días' }).click()
  await expect(supervisor.getByRole('row')).toHaveCount(31)
  await info.attach('metrics', { body: await supervisor.screenshot(), contentType: 'image/png' })

  const csv = supervisor.waitForEvent('download')
  await supervisor.getByRole('button', { name: 'CSV' }).click()
  const text = readFileSync(await (await csv).path(), 'utf8')
  expect(text.split('\r\n')[0]).toBe(
    '\uFEFFDía,Recibidos,Enviados,Respuestas,"Primera respuesta, mediana (s)","Primera respuesta, 9 de 10 (s)",Cerrados,"Resolución, mediana (s)"',
  )
  expect(text.split('\r\n')).toHaveLength(32)
  const xlsx = supervisor.waitForEvent('download')
  await supervisor.getByRole('button', { name: 'XLSX' }).click()
  const file = await xlsx
  expect(file.suggestedFilename()).toMatch(/^metricas-.*\.xlsx$/)
  expect(
    readFileSync(await file.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await supervisor.context().close()
})
