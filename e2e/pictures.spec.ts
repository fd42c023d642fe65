import type { Locator, Page } from '@playwright/test'
import { violations } from './barriers.ts'
import { openChat, tick } from './desk.ts'
import { expect, test } from './demo.ts'
import { bytesOnPhone, onPhone } from './microphone.ts'

/** A photo of one colour as a camera would give it: with the place where it was taken. */
async function photo(page: Page, name: string, colour: string, [width, height]: [number, number]) {
  const base64 = await page.evaluate(
    ([fill, w, h]) => {
      const canvas = document.createElement('canvas')
      canvas.width = Number(w)
      canvas.height = Number(h)
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.fillStyle = String(fill)
      pen.fillRect(0, 0, Number(w), Number(h))
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
    },
    [colour, width, height] as const,
  )
  const jpeg = Buffer.from(base64, 'base64')
  const gps = Buffer.from('Exif\0\0GPS -2.1894,-79.8891')
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, gps.length + 2]), gps])
  return { name, mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]) }
}

/** Width and height of a JPEG, by its frame header. */
function sizeOf(jpeg: Buffer): [number, number] {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg.readUInt8(at + 1)
    if (marker >= 0xc0 && marker <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)]
  }
  throw new Error('no frame in this JPEG')
}

const item = (of: Locator, place: string) => of.getByRole('listitem', { name: place })

test('several photos at once: words for each, turned, put in order, and sent without the place where they were taken @phone', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'mande las fotos', customerName: customer.name })
  await openChat(agent, customer.name)
  const photos = [await photo(agent, 'sala.jpg', 'teal', [1_200, 600]), await photo(agent, 'cocina.jpg', 'gold', [600, 900])]
  await agent.getByRole('button', { name: 'Adjuntar' }).click()
  await agent.getByLabel('Fotos', { exact: true }).setInputFiles(photos)

  const sheet = agent.getByRole('dialog', { name: 'Por enviar' })
  await item(sheet, '1 de 2').getByLabel('Texto de este archivo').fill('La sala')
  await item(sheet, '2 de 2').getByLabel('Texto de este archivo').fill('La cocina')
  await sheet.getByRole('button', { name: 'Girar sala.jpg' }).click()
  await sheet.getByRole('button', { name: 'Recortar cocina.jpg' }).click()
  const cut = agent.getByRole('dialog', { name: 'Recortar' })
  await cut.getByRole('button', { name: 'Cuadrada' }).click()
  await agent.screenshot({ path: test.info().outputPath('crop.png') })
  expect(await violations(agent), 'crop').toEqual([])
  await cut.getByRole('button', { name: 'Recortar la foto' }).click()
  await sheet.getByRole('button', { name: 'Mover sala.jpg después' }).click()
  await expect(item(sheet, '2 de 2').getByLabel('Texto de este archivo')).toHaveValue('La sala')
  await expect(sheet.getByRole('status')).toHaveCount(0)
  await agent.screenshot({ path: test.info().outputPath('several.png') })
  expect(await violations(agent), 'files').toEqual([])
  await sheet.getByRole('button', { name: 'Listo' }).click()
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()

  await expect(tick(agent.getByRole('article'), 'Entregado')).toHaveCount(2)
  const arrived = await onPhone(demo.simulators, customer.phone, number.phone)
  expect(arrived.map(({ kind, text }) => [kind, text])).toEqual([
    ['image', 'La cocina'],
    ['image', 'La sala'],
  ])
  const [kitchen, room] = await Promise.all(arrived.map(({ media }) => bytesOnPhone(demo.simulators, media?.id ?? '')))
  expect(sizeOf(kitchen ?? Buffer.alloc(0))).toEqual([600, 600])
  expect(sizeOf(room ?? Buffer.alloc(0))).toEqual([600, 1_200])
  for (const bytes of [kitchen, room]) expect(bytes?.includes('Exif')).toBe(false)

  await agent.getByRole('button', { name: 'Ver la foto' }).first().click()
  const large = agent.getByRole('dialog', { name: 'Foto' })
  await expect(large.getByText('La cocina', { exact: true })).toBeVisible()
  await large.getByRole('button', { name: 'Foto siguiente' }).click()
  await expect(large.getByText('La sala', { exact: true })).toBeVisible()
  await large.getByRole('img', { name: 'La sala' }).dblclick()
  await expect(large.getByRole('button', { name: 'Ver entera' })).toBeVisible()
  await agent.screenshot({ path: test.info().outputPath('lightbox.png') })
  expect(await violations(agent), 'lightbox').toEqual([])
})

/** Three pages and a lot of nothing. */
function aHeavyPdf(): Buffer {
  const pages =
    '%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] /Count 3 >> endobj\n'
  return Buffer.concat([Buffer.from(pages), Buffer.alloc(1_800_000, '% relleno\n'), Buffer.from('\n%%EOF')])
}

test('a large file goes on where the network broke, after the app was closed too, and arrives whole @phone', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'mande el contrato', customerName: customer.name })
  await openChat(agent, customer.name)
  test.setTimeout(120_000)
  const pdf = aHeavyPdf()
  const parts: string[] = []
  let isCut = true
  await agent.context().route('**/api/uploads/*/parts/*', async (route) => {
    const part = route.request().url().split('/').at(-1) ?? ''
    if (isCut && Number(part) >= 2) return route.abort('internetdisconnected')
    parts.push(part)
    return route.continue()
  })
  await agent.getByRole('button', { name: 'Adjuntar' }).click()
  await agent.getByLabel('PDF', { exact: true }).setInputFiles({ name: 'contrato.pdf', mimeType: 'application/pdf', buffer: pdf })
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()
  const slip = agent.getByRole('article').filter({ hasText: 'contrato.pdf' })
  await expect(slip.getByText('Saldrá cuando vuelva la conexión.')).toBeVisible()
  await expect(slip.getByRole('progressbar')).toHaveAttribute('aria-label', /Subiendo [5-6]\d %/)
  await expect(slip.getByRole('button', { name: 'Cancelar el envío de contrato.pdf' })).toBeVisible()
  await agent.screenshot({ path: test.info().outputPath('cut.png') })

  await agent.reload()
  await expect(slip).toBeVisible()
  isCut = false
  // The app has tried again before it could: its pauses have grown, to half a minute on a slow machine.
  await expect(tick(slip, 'Entregado')).toBeVisible({ timeout: 60_000 })
  expect(parts).toEqual(['0', '1', '2', '3'])
  await expect(slip.getByText('3 páginas')).toBeVisible()
  const [arrived] = await onPhone(demo.simulators, customer.phone, number.phone)
  expect((await bytesOnPhone(demo.simulators, arrived?.media?.id ?? '')).equals(pdf)).toBe(true)
})
