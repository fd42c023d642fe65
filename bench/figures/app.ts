/** The app on a phone: what it must load first, and when the inbox can be used. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type BrowserContext } from '@playwright/test'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'

const PWA = join(import.meta.dirname, '..', '..', 'dist', 'pwa')
/** Lighthouse's slow 4G, applied to each request: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }
const RUNS = 3
const WAIT_MS = 30_000
const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: 'es' }
const ROW = 'a[href^="/chats/"]'

/** Scripts that the page names before anything has run: entry and what it imports. */
export function firstLoad(): Figure[] {
  const html = readFileSync(join(PWA, 'index.html'), 'utf8')
  const names = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].flatMap(([, name]) => name ?? [])
  const kilobytes = [...new Set(names)].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(PWA, name)), { level: 9 }).byteLength / 1000,
    0,
  )
  return [
    {
      name: 'first-load JavaScript, gzip',
      value: kilobytes,
      unit: 'kB',
      goal: { text: 'at most 70 kB', met: kilobytes <= 70 },
      more: { files: names.length },
    },
  ]
}

/** Signs in at full speed and takes cookies and settings along, nothing else: what follows finds an empty cache. */
async function signedIn(
  browser: Browser,
  { house, demo }: Subject,
): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  const person = demo.people[0]
  await page.goto(house.address)
  await page.getByLabel('Correo').fill(person?.email ?? '')
  await page.getByLabel('Clave', { exact: true }).fill(person?.password ?? '')
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
  await page.locator(ROW).first().waitFor({ timeout: WAIT_MS })
  const state = await context.storageState()
  await context.close()
  return state
}

/** Seconds from the address to a chat that takes a tap: nothing cached, signed in, processor four times slower. */
async function openOnce(browser: Browser, address: string, storageState: Awaited<ReturnType<typeof signedIn>>): Promise<number> {
  const context = await browser.newContext({ ...PHONE, storageState })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const started = performance.now()
  await page.goto(address, { waitUntil: 'commit' })
  const row = page.locator(ROW).first()
  await row.waitFor({ state: 'visible', timeout: WAIT_MS })
  await row.tap()
  const seconds = (performance.now() - started) / 1000
  await context.close()
  return seconds
}

export async function interactiveInbox(subject: Subject): Promise<Figure[]> {
  const browser = await chromium.launch(
    existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM, args: ['--no-sandbox'] } : {},
  )
  const times: number[] = []
  try {
    const state = await signedIn(browser, subject)
    for (let run = 0; run < RUNS; run += 1) times.push(await openOnce(browser, subject.house.address, state))
  } finally {
    await browser.close()
  }
  const [best = 0, middle = 0, worst = 0] = times.toSorted((a, b) => a - b)
  return [{ name: 'interactive inbox, 4x slower CPU, slow 4G', value: middle, unit: 's', more: { best, worst } }]
}
