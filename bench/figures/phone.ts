/** A phone in a bench: a browser that is slowed down, and how long it takes until something is on its screen. */
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import * as z from 'zod'
import { systemBrowser } from '../../scripts/browser.ts'
import type { Subject } from '../house.ts'

/** Lighthouse's slow 4G, applied to each request: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
export const SLOW_4G = { latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }
/** As the browser's own tools have it: 400 ms, 400 kbit/s each way. */
export const SLOW_3G = { latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 }
/** Answers that take longer than anything measured: what is on the screen before came from the phone. */
export const NO_ANSWER_YET = { latency: 20_000, downloadThroughput: -1, uploadThroughput: -1 }

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: 'es' }
export const TABLET = { ...PHONE, viewport: { width: 1024, height: 768 }, isMobile: false, deviceScaleFactor: 1 }
export const WAIT_MS = 30_000
export const ROW = 'a[href^="/chats/"][data-chat]'

const executablePath = systemBrowser()
export const BROWSER = { ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-gpu'] }

export const startBrowser = (): Promise<Browser> => chromium.launch(BROWSER)

/** Signs in without the form: what follows finds an empty cache. */
export async function signInHere(context: BrowserContext, { house, demo }: Subject, role = 'agent'): Promise<void> {
  const person = demo.people.find((one) => one.role === role)
  const data = { email: person?.email, password: person?.password }
  const answer = await context.request.post(`${house.address}/api/session`, { data, headers: { origin: house.address } })
  if (!answer.ok()) throw new Error(`the phone could not sign in: ${answer.status()}`)
}

/** A phone of somebody who is signed in, with nothing stored yet. */
export async function aPhone(browser: Browser, subject: Subject, shape: object = PHONE, role = 'agent'): Promise<BrowserContext> {
  const context = await browser.newContext({ ...PHONE, ...shape })
  await signInHere(context, subject, role)
  return context
}

const Chats = z.object({ items: z.array(z.object({ id: z.string() })) })

/** The chat on top of the inbox. */
export async function firstChat({ house, token }: Subject): Promise<string> {
  const response = await fetch(`${house.address}/api/chats?tray=open`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = Chats.parse(await response.json())
  if (!items[0]) throw new Error('the inbox is empty')
  return items[0].id
}

type Network = { latency: number; downloadThroughput: number; uploadThroughput: number }

/** Slows a page down: its processor so many times, and its network if one is given. */
export async function slowDown(page: Page, rate: number, network?: Network): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  if (network) {
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', { offline: false, ...network })
  }
  return devtools
}

/** Opens an address in a page of its own and gives the seconds until something is on the screen, by the page's clock. */
export async function secondsUntil(
  context: BrowserContext,
  url: string,
  selector: string,
  rate: number,
  network?: Network,
): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript((wanted) => {
    const look = () => {
      if (!document.querySelector(wanted)) return requestAnimationFrame(look)
      // After the frame in which it was found has been painted.
      return requestAnimationFrame(() =>
        setTimeout(() => (document.documentElement.dataset['seenAt'] = String(performance.now()))),
      )
    }
    requestAnimationFrame(look)
  }, selector)
  await slowDown(page, rate, network)
  try {
    await page.goto(url, { waitUntil: 'commit' })
    const seen = page.locator('html[data-seen-at]')
    await seen.waitFor({ state: 'attached', timeout: WAIT_MS })
    return Number(await seen.getAttribute('data-seen-at')) / 1000
  } finally {
    await page.close()
  }
}

/** How much a page's store has of something: a page that is closed in the middle of keeping it has shown it, and has it not. */
function kept(page: Page, store: 'chats' | 'messages'): Promise<number> {
  return page.evaluate(async (what) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('desk-'))?.name
    if (!name) return 0
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const db = await asked(indexedDB.open(name))
    try {
      return await asked(db.transaction(what).objectStore(what).count())
    } finally {
      db.close()
    }
  }, store)
}

/** Lets the app put itself and what it shows away for later, as after a first visit. */
export async function visit(context: BrowserContext, url: string, selector: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await page.locator(selector).first().waitFor({ timeout: WAIT_MS })
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const store = new URL(url).pathname.startsWith('/chats/') ? 'messages' : 'chats'
  for (const end = Date.now() + WAIT_MS; (await kept(page, store)) === 0;) {
    if (Date.now() > end) throw new Error(`the phone kept no ${store}`)
    await page.waitForTimeout(100)
  }
  // As it was left, for the next start.
  await page.waitForFunction(() => localStorage.getItem('still')?.includes(`"${location.pathname}":`))
  await page.close()
}

export function spread(times: readonly number[]): { best: number; middle: number; worst: number } {
  const sorted = times.toSorted((a, b) => a - b)
  return { best: sorted[0] ?? 0, middle: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 }
}
