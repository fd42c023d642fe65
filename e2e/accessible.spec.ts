/**
 * Every screen that the router knows, for everybody: no barrier in either theme, nothing cut off on the smallest phone or
 * with text at 200 %, and a picture of each at every size for people to look at.
 */
import type { Locator, Page, TestInfo } from '@playwright/test'
import { disorder, violationsOf, wear } from './barriers.ts'
import { colleague, expect, personOf, test } from './demo.ts'
import { row, slip } from './desk.ts'
import { routesOfApp } from './routes.ts'
import { goTo, openings, SCREENS, settled } from './screens.ts'
import { fillWorld, leaveWorld } from './world.ts'

const SMALL = { width: 360, height: 740 }
const PHONE = { width: 390, height: 844 }

async function picture(page: Page, info: TestInfo, name: string, theme: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? PHONE
  const body = await page.screenshot({ type: 'jpeg', quality: 50, scale: 'css', animations: 'disabled', caret: 'hide' })
  await info.attach(`${name} · ${width}×${height} · ${theme}`, { body, contentType: 'image/jpeg' })
}

/**
 * What is wrong with what stands there, at the sizes of this kind of device; each is pictured in both themes. What another
 * size or theme cannot change is asked once; themes and sizes are changed as rarely as can be: that is what takes time.
 */
async function look(page: Page, info: TestInfo, name: string): Promise<string[]> {
  const found: string[] = []
  const add = (where: string, list: string[]) => found.push(...list.map((one) => `${name}, ${where}: ${one}`))
  const isPhone = info.project.name === 'phone'
  await wear(page, 'light')
  await picture(page, info, name, 'light')
  add('light', await violationsOf(page, isPhone ? 'all' : 'size'))
  if (isPhone) {
    await page.setViewportSize(SMALL)
    await picture(page, info, name, 'light')
  }
  await wear(page, 'dark')
  await picture(page, info, name, 'dark')
  add('smallest', await disorder(page))
  if (isPhone) {
    await page.setViewportSize(PHONE)
    await picture(page, info, name, 'dark')
    add('dark', await violationsOf(page, 'colours'))
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    add('text at 200 %', await disorder(page, true))
    await page.evaluate(() => (document.documentElement.style.fontSize = ''))
  }
  return found
}

test('every screen is for everybody, at every size, in both themes', async ({ page, browser, demo, sim }, info) => {
  test.setTimeout(300_000)
  expect(Object.keys(SCREENS).toSorted(), 'a screen for each route of pwa/src/app.tsx').toEqual(routesOfApp().toSorted())
  const found: string[] = []
  for (const [path, title] of [
    ['/', 'Entrar'],
    ['/alta', 'Crear una empresa'],
    [`/enlace/${'A'.repeat(43)}`, 'Este enlace ya no sirve'],
  ] as const) {
    await page.goto(`${demo.address}${path}`)
    await expect(
      page
        .getByRole('heading', { name: title })
        .or(page.getByRole('button', { name: title, exact: true }))
        .first(),
    ).toBeVisible()
    found.push(...(await look(page, info, title)))
  }
  const world = await fillWorld(demo, sim)
  const admin = await colleague(browser, demo, 'administrator')
  for (const route of Object.keys(SCREENS)) {
    await goTo(admin, route, world)
    const heard = SCREENS[route]?.heard
    if (heard && info.project.name === 'phone') await expect.soft(admin.locator('body')).toMatchAriaSnapshot(heard)
    found.push(...(await look(admin, info, route)))
    for (const { name, open, close } of openings[route] ?? []) {
      await open(admin, world)
      await settled(admin)
      found.push(...(await look(admin, info, name)))
      await close(admin)
    }
  }
  // Who asks the system for more contrast gets lines that are as strong as the edges of fields.
  await admin.emulateMedia({ contrast: 'more' })
  const inks = await admin.evaluate(() => {
    const style = getComputedStyle(document.documentElement)
    return [style.getPropertyValue('--line'), style.getPropertyValue('--edge')]
  })
  expect(inks[0]).toBe(inks[1])
  expect(found).toEqual([])
})

test.afterAll(leaveWorld)

/** Tab until this has the focus. Whatever has it on the way is in sight and shows that it has it (WCAG 2.4.7, 2.4.11). */
async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let tabs = 0; tabs < most; tabs += 1) {
    await page.keyboard.press('Tab')
    const { name, isHidden, isPlain } = await page.evaluate(() => {
      const element = document.activeElement ?? document.body
      const box = element.getBoundingClientRect()
      const points = [0.5, 0.1, 0.9].map((part) => [box.left + box.width * part, box.top + box.height / 2] as const)
      const found = points.map(([x, y]) => document.elementFromPoint(x, y))
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return {
        name: `<${element.tagName.toLowerCase()}> ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}`,
        // The page itself: the round begins anew.
        isHidden: element !== document.body && !found.some((one) => one && (element.contains(one) || one.contains(element))),
        isPlain: element !== document.body && (outlineStyle === 'none' || outlineWidth === '0px'),
      }
    })
    expect({ name, isHidden, isPlain }).toEqual({ name, isHidden: false, isPlain: false })
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`no way to ${String(target)} with the keyboard`)
}

// Where a bar at the foot and the composer could lie over what has the focus.
test('with the keyboard alone: sign in, choose a chat, write, send, and open and leave a sheet @phone', async ({
  page,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Buenos días', customerName: customer.name })
  const { email, password } = personOf(demo, 'agent')
  await page.goto(demo.address)
  const [mail, word] = [page.getByLabel('Correo'), page.getByLabel('Clave', { exact: true })]
  await expect(mail).toBeFocused()
  await page.keyboard.type(email)
  await tabTo(page, word, 3)
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(row(page, customer.name)).toBeVisible()
  await tabTo(page, row(page, customer.name))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: customer.name, level: 1 })).toBeVisible()
  const box = page.getByRole('textbox', { name: 'Mensaje' })
  await tabTo(page, box)
  await page.keyboard.type('Con gusto le ayudo')
  const send = page.getByRole('button', { name: 'Enviar', exact: true })
  await tabTo(page, send)
  await page.keyboard.press('Enter')
  await expect(slip(page, 'Con gusto le ayudo')).toBeVisible()

  const clip = page.getByRole('button', { name: 'Adjuntar' })
  await tabTo(page, clip)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog')
  await expect(sheet).toBeVisible()
  await page.keyboard.press('Tab')
  expect(await sheet.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(clip).toBeFocused()
})
