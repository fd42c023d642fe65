/** The pictures of docs/screenshots, and those that a phone shows before it installs the app: SCREENSHOTS=1 npx playwright test screenshots */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { attach, openChat, row, slip, tick, write } from './desk.ts'
import { expect, signIn, test } from './demo.ts'
import { sql } from './outside.ts'
import { sampleFile } from '../sim/samples.ts'

test.skip(process.env['SCREENSHOTS'] !== '1', 'only when the pictures are wanted')

const FOLDER = join(import.meta.dirname, '..', 'docs', 'screenshots')
/** Those that the manifest names (pwa/vite.config.ts). */
const IN_MANIFEST = new Set(['inbox-phone', 'thread-phone', 'thread-tablet'])
const MANIFEST_FOLDER = join(import.meta.dirname, '..', 'pwa', 'public', 'screenshots')
const MINUTE = 60_000

type Line = { minutesAgo: number; text?: string; kind?: string }
/** Who writes, to which of the three numbers, who takes care, and what was said; `echo` is our own phone's answer. */
type Story = { name: string; phone: string; number: number; agent?: string; lines: Line[] }

const [ROSA, ROSA_PHONE] = ['Rosa Huamán', '593987654321']
const STORIES: Story[] = [
  {
    ...{ name: 'Wilson Guamán Tituaña', phone: '593991204417', number: 0, agent: 'Milagros Quispe' },
    lines: [{ minutesAgo: 78, text: 'Ya hice el depósito, ¿me confirma por favor?' }],
  },
  {
    ...{ name: 'Nelly Sarango', phone: '593984471029', number: 1 },
    lines: [
      { minutesAgo: 24, text: 'Buenos días' },
      { minutesAgo: 23, text: 'Quisiera saber cuánto debo todavía' },
    ],
  },
  {
    ...{ name: ROSA, phone: ROSA_PHONE, number: 0, agent: 'Jorge Álvarez' },
    lines: [
      { minutesAgo: 22, text: 'Buenas tardes, soy Rosa. Le escribo por la cuota de noviembre' },
      { minutesAgo: 19, kind: 'echo', text: 'Buenas tardes, señora Rosa. Con gusto la reviso.' },
      { minutesAgo: 9, text: 'Gracias. Le mando la foto del comprobante' },
      { minutesAgo: 8, kind: 'image' },
    ],
  },
  {
    ...{ name: 'Édgar Ñahui', phone: '51986220145', number: 2 },
    lines: [{ minutesAgo: 4, kind: 'voice' }],
  },
  {
    ...{ name: 'María José Íñiguez', phone: '593979903316', number: 1, agent: 'Jorge Álvarez' },
    lines: [
      { minutesAgo: 51, text: '¿Puedo pagar el lunes?' },
      { minutesAgo: 46, kind: 'echo', text: 'Claro que sí, queda anotado para el lunes.' },
    ],
  },
  {
    ...{ name: 'Segundo Chuquimarca', phone: '593962218840', number: 0, agent: 'Milagros Quispe' },
    lines: [
      { minutesAgo: 190, text: 'Le agradezco mucho' },
      { minutesAgo: 187, kind: 'echo', text: 'A la orden, don Segundo' },
    ],
  },
  {
    ...{ name: 'Luz Mamani', phone: '51951770328', number: 1 },
    lines: [
      { minutesAgo: 320, kind: 'document' },
      { minutesAgo: 300, kind: 'echo', text: 'Recibido, gracias' },
    ],
  },
]

test('pictures of the inbox and of a thread, light and dark', async ({ page, demo, sim }, info) => {
  const now = Date.now()
  // Each size has customers of its own, with the same names.
  const own = (phone: string) => (info.project.name === 'phone' ? phone : `${phone.slice(0, -1)}0`)
  for (const { name, phone, number, lines } of STORIES) {
    const to = demo.channels[number]?.phone ?? ''
    for (const { minutesAgo, kind = 'text', text } of lines) {
      await sim.writes(own(phone), { to, kind, at: now - minutesAgo * MINUTE, customerName: name, ...(text && { text }) })
    }
  }
  const [person] = demo.people
  if (!person) throw new Error('the demo has nobody')
  await signIn(page, demo, person)
  for (const { name, phone, agent } of STORIES) {
    await expect(row(page, name)).toBeVisible()
    const set = 'update chat c set assignee_id = p.id, rev = c.rev + 1 from contact k, person p'
    if (agent) await sql(`${set} where c.contact_id = k.id and k.phone = $1 and p.name = $2`, [own(phone), agent])
  }
  await page.reload()
  await expect(row(page, ROSA)).toContainText('Jorge Álvarez')
  const devtools = await page.context().newCDPSession(page)
  const small = async (file: string) => {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 60 })
    mkdirSync(MANIFEST_FOLDER, { recursive: true })
    writeFileSync(join(MANIFEST_FOLDER, file), Buffer.from(data, 'base64'))
  }
  const picture = async (what: string) => {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await page.screenshot({ path: join(FOLDER, `${what}-${info.project.name}-${theme}.png`), animations: 'disabled' })
      const name = `${what}-${info.project.name}`
      if (theme === 'light' && IN_MANIFEST.has(name)) await small(`${name}.webp`)
    }
  }
  await expect(page.getByText('A la orden, don Segundo')).toBeVisible()
  await picture('inbox')

  await openChat(page, ROSA)
  await page.getByRole('group', { name: 'Qué está escribiendo' }).getByRole('button', { name: 'Nota' }).click()
  await page.getByRole('textbox', { name: 'Nota' }).fill('Es la segunda cuota. Quedan 3 por pagar.')
  await page.getByRole('button', { name: 'Guardar nota' }).click()
  await page.getByRole('group', { name: 'Qué está escribiendo' }).getByRole('button', { name: 'Mensaje' }).click()
  await write(page, 'Recibido, señora Rosa. Su pago de $ 184,20 ya está registrado. Le envío el recibo.')
  const pdf = sampleFile('document')
  await attach(page, 'PDF', { name: 'recibo-noviembre.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf?.bytes ?? []) })
  await page.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(tick(slip(page, 'recibo-noviembre'), 'Entregado')).toBeVisible()
  await sim.reads(own(ROSA_PHONE), demo.channels[0]?.phone ?? '')
  await expect(tick(slip(page, 'recibo-noviembre'), 'Leído')).toBeVisible()
  await sim.writes(own(ROSA_PHONE), { to: demo.channels[0]?.phone ?? '', text: 'Muchas gracias, muy amable', customerName: ROSA })
  await expect(slip(page, 'muy amable')).toBeInViewport()
  await picture('thread')
})
