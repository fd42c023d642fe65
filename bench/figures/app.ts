/** The app on a phone: what it must load first, and when the inbox can be used. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'

const PWA = join(import.meta.dirname, '..', '..', 'dist', 'pwa')
/** Lighthouse's slow 4G, applied to each request: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }
const RUNS = 3

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
      goal: { text: 'at most 90 kB', met: kilobytes <= 90 },
      more: { files: names.length },
    },
  ]
}

/** From the address to a chat that opens when it is tapped: nothing cached, signed in, processor four times slower. */
export async function interactiveInbox({ house, demo }: Subject): Promise<Figure[]> {
  const system = '/usr/bin/chromium'
  const browser = await chromium.launch(existsSync(system) ? { executablePath: system, args: ['--no-sandbox'] } : {})
  const times: number[] = []
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        deviceScaleFactor: 2,
      })
      const person = demo.people[0]
      await context.request.post(`${house.address}/api/session`, {
        data: { email: person?.email, password: person?.password },
        headers: { origin: house.address },
      })
      const page = await context.newPage()
      const devtools = await context.newCDPSession(page)
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', SLOW_4G)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      const started = performance.now()
      await page.goto(house.address, { waitUntil: 'commit' })
      const row = page.locator('a[href*="/chats/"], a[href*="/chat/"]').first()
      await row.waitFor({ state: 'visible', timeout: 60_000 })
      // A tap that is answered with the next frame: the page is not busy any more.
      await row.tap()
      times.push((performance.now() - started) / 1000)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  const sorted = times.toSorted((a, b) => a - b)
  return [
    {
      name: 'interactive inbox, 4x slower CPU, slow 4G',
      value: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      unit: 's',
      more: { best: sorted[0] ?? 0, worst: sorted.at(-1) ?? 0 },
    },
  ]
}
