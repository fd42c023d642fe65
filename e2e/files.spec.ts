import type { Locator, Page } from '@playwright/test'
import { sampleFile } from '../sim/samples.ts'
import { attach, openChat, tick, type File } from './desk.ts'
import { expect, test } from './demo.ts'

function sample(kind: string, name: string): File {
  const found = sampleFile(kind)
  if (!found) throw new Error(`no sample ${kind}`)
  return { name, mimeType: found.mime, buffer: Buffer.from(found.bytes) }
}

const PICTURE = sample('image', 'fachada.png')
const PDF = sample('document', 'factura 001.pdf')
const AUDIO = sample('audio', 'saludo.ogg')

const isDrawn = (img: Locator): Promise<boolean> =>
  img.evaluate((element) => element instanceof HTMLImageElement && element.complete && element.naturalWidth > 0)

/** Begins, and time passes in it: the browser understands it and plays it. */
async function hear(audio: Locator, begin: () => Promise<void>): Promise<void> {
  await begin()
  const at = () => audio.evaluate((element) => (element instanceof HTMLAudioElement ? element.currentTime : 0))
  await expect.poll(at).toBeGreaterThan(0.2)
}

/** What a tap on a file would open, byte for byte. */
async function opened(page: Page, link: Locator): Promise<Buffer> {
  const href = await link.evaluate((element) => (element as HTMLAnchorElement).href)
  const response = await page.context().request.get(href)
  expect(response.status()).toBe(200)
  expect(response.headers()['content-type']).toContain('application/pdf')
  return response.body()
}

test('a picture, a PDF and an audio from the customer open and play at the desk @phone', async ({ agent, customer }) => {
  const phone = await customer.phonePage()
  const send = async (as: string, file: File) => {
    await phone.getByRole('button', { name: 'Adjuntar' }).click()
    await phone.locator(`input[data-as=${as}]`).setInputFiles(file)
  }
  await send('image', PICTURE)
  await openChat(agent, customer.name)
  await send('document', PDF)
  await send('audio', AUDIO)

  const photo = agent.getByRole('article').getByRole('img', { name: /^Foto/ })
  await expect.poll(() => isDrawn(photo)).toBe(true)
  await agent.getByRole('button', { name: 'Ver la foto' }).click()
  const large = agent.getByRole('dialog', { name: 'Foto' })
  await expect.poll(() => isDrawn(large.getByRole('img', { name: /^Foto/ }))).toBe(true)
  await agent.goBack()
  await expect(large).toBeHidden()

  const file = agent.getByRole('link', { name: /factura 001[.]pdf/ })
  expect((await opened(agent, file)).equals(PDF.buffer)).toBe(true)

  await hear(agent.locator('body > audio'), () => agent.getByRole('button', { name: 'Reproducir' }).click())
})

test('a picture, a PDF and an audio from the agent open and play on the phone @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'mándeme los papeles', customerName: customer.name })
  const phone = await customer.phonePage()
  await openChat(agent, customer.name)
  await attach(agent, 'Fotos', PICTURE)
  await attach(agent, 'PDF', PDF)
  await attach(agent, 'Audios', AUDIO)
  await expect(agent.getByRole('button', { name: /^Quitar/ })).toHaveCount(3)
  await agent.getByRole('textbox', { name: 'Mensaje' }).fill('Aquí están')
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()

  await expect.poll(() => isDrawn(phone.locator('#messages img.picture'))).toBe(true)
  await expect(phone.getByRole('log').getByText('Aquí están')).toBeVisible()
  expect((await opened(phone, phone.getByRole('log').getByRole('link', { name: /factura 001/ }))).equals(PDF.buffer)).toBe(true)
  // The phone draws a message anew with each tick: after the last one it stays.
  await expect(tick(agent.getByRole('article'), 'Leído')).toHaveCount(3)
  const audio = phone.locator('#messages audio')
  await hear(audio, () => audio.evaluate((element) => (element instanceof HTMLAudioElement ? element.play() : undefined)))
  expect(await sim.received(customer.phone)).toHaveLength(3)
})
