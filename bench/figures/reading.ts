/** Chats in the hand: from one to another, through ten thousand messages, and open while an hour of them comes in. */
import type { CDPSession, Page } from '@playwright/test'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { fillChat } from '../seed.ts'
import { spreadOf } from '../spread.ts'
import type { Load } from '../tasks.ts'
import { aPhone, firstChat, ROW, slowDown, startBrowser, TABLET, WAIT_MS } from './phone.ts'

const SWITCHES = 30
/** An hour in which a message comes every two seconds, told as fast as the server takes them. */
const HOUR_OF_MESSAGES = 1_800
const TRAFFIC_FIRST_PHONE = 593_955_000_000

/** Milliseconds from the click on each row to the picture in which its messages stand. */
function switchThrough(page: Page, times: number): Promise<number[]> {
  return page.evaluate(
    async ([rowSelector, count]) => {
      // Between two tasks, not two frames: what is there already must not wait to be seen.
      const { port1, port2 } = new MessageChannel()
      const task = () =>
        new Promise((done) => {
          port1.addEventListener('message', done, { once: true })
          port2.postMessage(null)
        })
      port1.start()
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      const rows = [...document.querySelectorAll<HTMLElement>(rowSelector)].slice(0, 6)
      const all: number[] = []
      for (let n = 0; n < count; n += 1) {
        const row = rows[n % rows.length]
        const id = row?.dataset['chat'] ?? ''
        const start = performance.now()
        row?.click()
        while (!location.pathname.includes(id) || !document.querySelector('[role=log] article')) await task()
        await painted()
        all.push(performance.now() - start)
        await new Promise((done) => setTimeout(done, 150))
      }
      return all
    },
    [ROW, times] as const,
  )
}

export async function chatSwitch(subject: Subject): Promise<Figure[]> {
  const browser = await startBrowser()
  try {
    const context = await aPhone(browser, subject, TABLET)
    const page = await context.newPage()
    await page.goto(subject.house.address)
    await page.locator(ROW).nth(5).waitFor({ timeout: WAIT_MS })
    // Each was opened once: what is measured comes from the phone.
    await switchThrough(page, 6)
    const full = spreadOf(await switchThrough(page, SWITCHES))
    await slowDown(page, 4)
    const slow = spreadOf(await switchThrough(page, SWITCHES))
    return [
      {
        ...{ name: 'from chat to chat, click to picture, p50', value: full.p50, unit: 'ms', more: { p99: full.p99 } },
        goal: { text: 'at most 40 ms', met: full.p50 <= 40 },
      },
      {
        ...{ name: 'from chat to chat, 4x slower CPU, p50', value: slow.p50, unit: 'ms', more: { p99: slow.p99 } },
        goal: { text: 'at most 120 ms', met: slow.p50 <= 120 },
      },
    ]
  } finally {
    await browser.close()
  }
}

/** Reads a chat up to its beginning and down again; gives the milliseconds of each frame on the way. */
function readAll(page: Page): Promise<{ up: number[]; down: number[] }> {
  return page.locator('[role=log]').evaluate(async (box) => {
    const frames: number[] = []
    const frame = async () => {
      const before = performance.now()
      await new Promise((done) => requestAnimationFrame(done))
      frames.push(performance.now() - before)
    }
    let still = 0
    // The beginning is where nothing comes any more.
    while (still < 90) {
      const height = box.scrollHeight
      box.scrollTop = Math.max(0, box.scrollTop - 700)
      await frame()
      still = box.scrollTop === 0 && box.scrollHeight === height ? still + 1 : 0
    }
    const up = frames.splice(0)
    while (box.scrollTop + box.clientHeight < box.scrollHeight - 2) {
      const before = box.scrollTop
      box.scrollTop += 700
      await frame()
      if (box.scrollTop === before) break
    }
    return { up, down: frames }
  })
}

const LONG = 10_000
const LONG_FRAME_MS = 50
/** The middle of so many: the browser has two cores with the whole product here. */
const RUNS = 3

const longOf = (frames: readonly number[]): number => frames.filter((ms) => ms > LONG_FRAME_MS).length

export async function scrollLong(subject: Subject): Promise<Figure[]> {
  const chat = await firstChat(subject)
  await fillChat(subject, chat, LONG)
  const browser = await startBrowser()
  try {
    const readings: Awaited<ReturnType<typeof readAll>>[] = []
    for (let i = 0; i < RUNS; i += 1) {
      const context = await aPhone(browser, subject)
      const page = await context.newPage()
      await page.goto(`${subject.house.address}/chats/${chat}`)
      await page.locator('[role=log] article').first().waitFor({ timeout: WAIT_MS })
      // Reading is measured here, not the first visit, in which the app puts itself away.
      await page.locator('html[data-fonts]').waitFor({ state: 'attached' })
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
      readings.push(await readAll(page))
      await context.close()
    }
    const figure = (name: string, all: number[][]): Figure => {
      const frames = all.toSorted((a, b) => longOf(a) - longOf(b))[Math.floor(RUNS / 2)] ?? []
      const { p50, p99 } = spreadOf(frames)
      return {
        ...{ name, value: longOf(frames), unit: 'frames' },
        goal: { text: `no frame over ${LONG_FRAME_MS} ms`, met: longOf(frames) === 0 },
        more: { frames: frames.length, p50, p99, worst: Math.max(...frames) },
      }
    }
    return [
      figure(
        '10,000 messages upwards, pages coming in: long frames',
        readings.map(({ up }) => up),
      ),
      figure(
        '10,000 messages downwards: long frames',
        readings.map(({ down }) => down),
      ),
    ]
  } finally {
    await browser.close()
  }
}

async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

/** The heap of a tablet whose owner reads a chat while an hour of messages arrives in fifty others. */
export async function memory(subject: Subject, load: Load): Promise<Figure[]> {
  const browser = await startBrowser()
  try {
    const context = await aPhone(browser, subject, TABLET)
    const page = await context.newPage()
    await page.goto(subject.house.address)
    await page.locator(ROW).first().click()
    await page.locator('[role=log] article').first().waitFor({ timeout: WAIT_MS })
    const devtools = await context.newCDPSession(page)
    await devtools.send('HeapProfiler.enable')
    const before = await heapMb(devtools)
    const { phone, phoneNumberId, appSecret, hook } = subject.line
    await load.do({
      ...{ do: 'hooks', url: hook, phone, phoneNumberId, appSecret, run: 'hour', firstPhone: TRAFFIC_FIRST_PHONE },
      ...{ senders: 50, count: HOUR_OF_MESSAGES, connections: 4, live: subject.live },
    })
    // The stream has told the last of them when the list has it.
    await page.waitForFunction((selector) => document.querySelectorAll(selector).length > 0, ROW)
    await page.waitForTimeout(2_000)
    const after = await heapMb(devtools)
    return [
      {
        ...{ name: 'memory after an hour of traffic', value: after, unit: 'MB', more: { before, messages: HOUR_OF_MESSAGES } },
        goal: { text: 'at most 60 MB', met: after <= 60 },
      },
    ]
  } finally {
    await browser.close()
  }
}
