import { readFile } from 'node:fs/promises'
import { expect, personOf, signIn, test } from './demo.ts'

test('who runs the service plans a price from a day on, takes it back, and finds all of it in the history', async ({
  page,
  demo,
}) => {
  await signIn(page, demo, personOf(demo, 'administrator'))
  await page.goto(`${demo.address}/settings/operator`)
  await page.getByRole('link', { name: /^Tarifas/ }).click()
  await expect(page.getByRole('region', { name: 'Todos los demás países' })).toBeVisible()
  await page.getByLabel('Buscar un país').fill('colom')
  await expect(page.getByRole('region', { name: 'Todos los demás países' })).toHaveCount(0)
  const market = page.getByRole('region', { name: 'Colombia' })
  await expect(market.getByRole('button', { name: /^Marketing/ })).toContainText(/0,0157.*costo.*0,0125.*margen 20 %/)

  await market.getByRole('button', { name: /^Marketing/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Marketing · Colombia' })
  await expect(sheet.getByLabel('Precio')).toHaveValue('0,0157')
  await sheet.getByLabel('Precio').fill('gratis')
  await sheet.getByLabel('Rige desde').fill('2031-02-01')
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(sheet.getByText('Escriba el monto con hasta seis decimales')).toBeVisible()
  await sheet.getByLabel('Precio').fill('0,0199')
  await sheet.getByRole('button', { name: 'Guardar' }).click()
  await expect(market.getByText(/0,0199 desde 1 feb 2031/)).toBeVisible()

  await market.getByRole('button', { name: /^Marketing/ }).click()
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Por venir' })).toContainText('0,0199')
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Vigente' })).toContainText('0,0157')
  await sheet.getByRole('button', { name: 'Retirar' }).click()
  await expect(market.getByText(/0,0199/)).toHaveCount(0)
})

test('a list goes out as a file, and comes in changed only once every line is right @tablet', async ({ page, demo }) => {
  await signIn(page, demo, personOf(demo, 'administrator'))
  await page.goto(`${demo.address}/settings/operator/rates`)
  await page.getByRole('button', { name: 'Gupshup' }).click()
  await expect(page.getByRole('region', { name: 'Chile' })).toContainText('0,1124')
  // What came with the installation is to be confirmed, and is by whoever saves it.
  const colombia = page.getByRole('region', { name: 'Colombia' }).getByRole('button', { name: /^Marketing/ })
  await expect(colombia).toContainText('por confirmar')
  await colombia.click()
  const one = page.getByRole('dialog', { name: 'Marketing · Colombia' })
  await expect(one.getByText('Al guardar queda confirmada.')).toBeVisible()
  await one.getByRole('button', { name: 'Guardar' }).click()
  await expect(colombia).not.toContainText('por confirmar')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exportar' }).click()])
  const text = await readFile(await download.path(), 'utf8')
  const changed = text.replace('gupshup,CL,marketing,USD,0.1124,', 'gupshup,CL,marketing,USD,0.1199,')
  expect(changed).not.toBe(text)

  await page.getByRole('button', { name: 'Importar' }).click()
  const sheet = page.getByRole('dialog', { name: 'Importar' })
  const file = sheet.locator('input[type=file]')
  const give = (content: string) =>
    file.setInputFiles({ name: 'tarifas.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await give(`${changed}gupshup,Perú,marketing,USD,1,1,\r\ngupshup,PE,utility,USD,gratis,1,\r\n`)
  await expect(sheet.getByText('Corrija el archivo y elíjalo de nuevo: no se guardó nada.')).toBeVisible()
  await expect(sheet.getByRole('listitem')).toHaveText([
    /^Línea \d+: el país son dos letras/,
    /^Línea \d+: el precio no es un monto/,
  ])
  await give(text)
  // Nobody has confirmed what the installation brought: the file does, whether it changes something or not.
  await expect(sheet.getByText(/^0 nuevas · 0 cambian · \d+ se confirman · 1 iguales$/)).toBeVisible()
  await give(changed)
  await expect(sheet.getByRole('listitem')).toHaveText([/Línea \d+: Marketing · Chile: .*0,1124 → .*0,1199/])
  await sheet.getByRole('button', { name: /^Guardar \d+ tarifas$/ }).click()
  await expect(page.getByRole('region', { name: 'Chile' })).toContainText('0,1199')
  await expect(page.getByText('por confirmar')).toHaveCount(0)
  await page.getByRole('button', { name: 'Importar' }).click()
  await give(changed)
  await expect(sheet.getByText('Nada cambia: el archivo dice lo que ya rige.')).toBeVisible()
})

test('to whoever does not run the service there are no rates @phone', async ({ page, demo }) => {
  await signIn(page, demo, personOf(demo, 'supervisor'))
  const answer = await page.request.get(`${demo.address}/api/operator/rates?provider=meta`)
  expect(answer.status()).toBe(404)
})
