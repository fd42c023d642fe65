/** The app on a phone: what it must load, and how soon it can be read and used. */
import type { Browser } from '@playwright/test'
import { BUDGETS, sizesOfApp, WEIGHED, type Sizes } from '../../scripts/sizes.ts'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import {
  aPhone,
  firstChat,
  NO_ANSWER_YET,
  ROW,
  secondsUntil,
  SLOW_3G,
  SLOW_4G,
  spread,
  startBrowser,
  visit,
  WAIT_MS,
  slowDown,
} from './phone.ts'

const RUNS = 3

const NAMES: Record<keyof Sizes, string> = {
  firstLoad: 'first-load JavaScript, gzip',
  thread: 'thread and composer, gzip',
  serviceWorker: 'service worker, gzip',
  styles: 'styles, gzip',
  fonts: 'fonts',
  precache: 'all that is kept for offline, gzip',
}

/** What the app weighs, beside its budget. */
export function weights(): Figure[] {
  const sizes = sizesOfApp()
  return WEIGHED.map((name) => ({
    name: NAMES[name],
    value: sizes[name],
    unit: 'kB',
    goal: { text: `at most ${BUDGETS[name].goal} kB`, met: sizes[name] <= BUDGETS[name].goal },
  }))
}

async function times(run: () => Promise<number>): Promise<ReturnType<typeof spread>> {
  const all: number[] = []
  for (let i = 0; i < RUNS; i += 1) all.push(await run())
  return spread(all)
}

/** Nothing cached, signed in, processor four times slower: until a chat takes a tap. */
async function tapCold(browser: Browser, subject: Subject): Promise<number> {
  const context = await aPhone(browser, subject)
  const page = await context.newPage()
  await slowDown(page, 4, SLOW_4G)
  const started = performance.now()
  await page.goto(subject.house.address, { waitUntil: 'commit' })
  const row = page.locator(ROW).first()
  await row.waitFor({ state: 'visible', timeout: WAIT_MS })
  await row.tap()
  const seconds = (performance.now() - started) / 1000
  await context.close()
  return seconds
}

async function readCold(browser: Browser, subject: Subject, network: typeof SLOW_4G): Promise<number> {
  const context = await aPhone(browser, subject)
  const seconds = await secondsUntil(context, subject.house.address, ROW, 4, network)
  await context.close()
  return seconds
}

/** The inbox of a first visit and of every later one, and a chat opened from a notification. */
export async function starts(subject: Subject): Promise<Figure[]> {
  const browser = await startBrowser()
  const { address } = subject.house
  try {
    const tapped = await times(() => tapCold(browser, subject))
    const cold = await times(() => readCold(browser, subject, SLOW_4G))
    const cold3g = await times(() => readCold(browser, subject, SLOW_3G))
    const phone = await aPhone(browser, subject)
    await visit(phone, address, ROW)
    const chat = await firstChat(subject)
    const thread = '[role=log] article'
    await visit(phone, `${address}/chats/${chat}`, thread)
    // From the phone's own store: the server says nothing yet.
    const warm = await times(() => secondsUntil(phone, `${address}/chats`, ROW, 4, NO_ANSWER_YET))
    const alive = await times(() => secondsUntil(phone, `${address}/chats`, `#root ${ROW}`, 4, NO_ANSWER_YET))
    const fromNotice = (selector: string, slower: number) =>
      times(() => secondsUntil(phone, `${address}/chats/${chat}?from=notice`, selector, slower, NO_ANSWER_YET))
    const picture = await fromNotice(thread, 4)
    const notice = await fromNotice(`#root ${thread}`, 4)
    const noticeFast = await fromNotice(`#root ${thread}`, 1)
    await phone.close()
    return [
      figure('interactive inbox, 4x slower CPU, slow 4G', tapped, 3),
      figure('readable inbox, cold, 4x slower CPU, slow 4G', cold, 3),
      figure('readable inbox, cold, 4x slower CPU, slow 3G', cold3g),
      figure('readable inbox, warm, 4x slower CPU, before any answer', warm, 1),
      figure('inbox alive, warm, 4x slower CPU, before any answer', alive),
      figure('readable chat from a notification, as it was left, 4x slower CPU', picture, 1),
      figure('notification to chat, 4x slower CPU, before any answer', notice, 1),
      figure('notification to chat, before any answer', noticeFast, 0.45),
    ]
  } finally {
    await browser.close()
  }
}

function figure(name: string, { best, middle, worst }: ReturnType<typeof spread>, goal?: number): Figure {
  const met = goal === undefined ? {} : { goal: { text: `at most ${goal} s`, met: middle <= goal } }
  return { name, value: middle, unit: 's', ...met, more: { best, worst } }
}
