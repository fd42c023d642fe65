/** What an agent's hands do, in the app's own words. */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { sql } from './outside.ts'

/** A page, or the application in a portal's frame. */
type Screen = Pick<Page, 'getByRole' | 'locator'>

/** A chat's row in the inbox. */
export const row = (page: Screen, name: string): Locator => page.locator('#root a[href^="/chats/"]').filter({ hasText: name })

/** The slips that say this. */
export const slip = (page: Screen, text: string | RegExp): Locator => page.getByRole('article').filter({ hasText: text })

export async function openChat(page: Screen, name: string): Promise<void> {
  await row(page, name).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(page.getByRole('log', { name: 'Mensajes' })).toBeVisible()
}

export async function write(page: Screen, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Mensaje' }).fill(text)
  await page.getByRole('button', { name: 'Enviar', exact: true }).click()
}

export type File = { name: string; mimeType: string; buffer: Buffer }

/** Attaches through the sheet, as a thumb would. */
export async function attach(page: Page, source: 'Fotos' | 'PDF' | 'Audios', file: File): Promise<void> {
  await page.getByRole('button', { name: 'Adjuntar' }).click()
  await page.getByLabel(source, { exact: true }).setInputFiles(file)
}

/** The tick of a slip: «Enviado», «Entregado», «Leído»… */
export const tick = (of: Locator, name: string): Locator => of.getByRole('img', { name, exact: true })

/** A picture of the page as it is, attached to the report to be looked at. */
export async function show(page: Page, name: string): Promise<void> {
  await test.info().attach(name, { body: await page.screenshot(), contentType: 'image/png' })
}

type Point = { x: number; y: number }
type Thumb = { down(at: Point): Promise<void>; to(at: Point): Promise<void>; up(): Promise<void> }

/** Where it stands on the screen once it has stopped: what is measured or scrolled meanwhile is elsewhere a moment later. */
export async function placeOf(of: Locator): Promise<Point & { width: number; height: number }> {
  const box = await of.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const place = () => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x, y, width, height }
    }
    let now = place()
    for (let same = 0; same < 3 && element.isConnected;) {
      await frame()
      const next = place()
      same = JSON.stringify(next) === JSON.stringify(now) ? same + 1 : 0
      now = next
    }
    return element.isConnected ? now : null
  })
  // Drawn anew meanwhile: it is another element now.
  if (!box) return placeOf(of)
  if (box.width === 0 || box.height === 0) throw new Error('not on the screen')
  return box
}

/** The middle of what is on the screen. */
export async function centre(of: Locator): Promise<Point> {
  const { x, y, width, height } = await placeOf(of)
  return { x: x + width / 2, y: y + height / 2 }
}

/** Rows and messages are there before what hands do with them: until then a press is a tap. */
export const handsOf = (page: Page, what: 'list' | 'chat'): Promise<void> => page.locator(`[data-hands=${what}]`).waitFor()

/** A thumb on the glass, as the browser hears it. */
export async function thumb(page: Page, on: 'list' | 'chat'): Promise<Thumb> {
  await handsOf(page, on)
  const session = await page.context().newCDPSession(page)
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point): Promise<void> =>
    void (await session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] }))
  return {
    down: (at) => send('touchStart', at),
    to: (at) => send('touchMove', at),
    up: () => send('touchEnd'),
  }
}

/** Messages before the customer's only one, a minute apart, of one to three lines. */
export async function fill(phone: string, messages: number): Promise<void> {
  await sql(
    `insert into message (id, account_id, chat_id, channel_id, direction, kind, text, status, author_kind, author_name, at)
     select uuidv7(n * interval '-1 minute'), m.account_id, m.chat_id, m.channel_id,
       case when n % 3 = 0 then 'out' else 'in' end, 'text',
       'Mensaje ' || ($2 - n) || ' ·' || repeat(' y algo más que contar', n % 4),
       case when n % 3 = 0 then 'read' end, case when n % 3 = 0 then 'person' else 'customer' end, 'Archivo',
       m.at - n * interval '1 minute'
     from (select m.* from message m join chat c on c.id = m.chat_id join contact k on k.id = c.contact_id
           where k.phone = $1 limit 1) m, generate_series(1, $2 - 1) n`,
    [phone, messages],
  )
}
