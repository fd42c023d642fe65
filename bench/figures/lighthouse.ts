/** What Lighthouse says of the built app on a phone (its mobile preset): the inbox, and a chat that is opened by its address. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { freePort } from '../../db/local/ports.ts'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { BROWSER, firstChat, signInHere } from './phone.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
const GOAL = 95
/** The middle of so many: one run in ten falls into somebody else's load. */
const RUNS = 3

type Run = { scores: Record<(typeof CATEGORIES)[number], number>; times: Record<string, number>; failed: string[] }

async function runOnce(url: string, port: number): Promise<Run> {
  const result = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], logLevel: 'error' })
  if (!result) throw new Error('Lighthouse gave no result')
  const { audits, categories } = result.lhr
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100)
  const ms = (name: string) => Math.round(audits[name]?.numericValue ?? 0)
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
    },
    times: {
      'first paint ms': ms('first-contentful-paint'),
      'largest paint ms': ms('largest-contentful-paint'),
      'blocked ms': ms('total-blocking-time'),
      'layout shift': audits['cumulative-layout-shift']?.numericValue ?? 0,
      'benchmark index': Math.round(result.lhr.environment.benchmarkIndex),
    },
    failed: ['accessibility', 'best-practices'].flatMap((name) =>
      (categories[name]?.auditRefs ?? []).filter(({ id, weight }) => weight > 0 && audits[id]?.score === 0).map(({ id }) => id),
    ),
  }
}

/** Scores of both addresses, in a browser whose owner is signed in. */
export async function lighthouseScores(subject: Subject): Promise<Figure[]> {
  const profile = mkdtempSync(join(tmpdir(), 'wb24-lighthouse-'))
  const port = await freePort()
  const context = await chromium.launchPersistentContext(profile, {
    ...BROWSER,
    // In the language of its people: in another one it would fetch two. The size is Lighthouse's own.
    ...{ locale: 'es-EC', viewport: null },
    args: [...BROWSER.args, `--remote-debugging-port=${port}`],
  })
  try {
    await signInHere(context, subject)
    const chat = await firstChat(subject)
    const { address } = subject.house
    const pages = { inbox: `${address}/chats`, chat: `${address}/chats/${chat}` }
    const figures: Figure[] = []
    for (const [name, url] of Object.entries(pages)) {
      const runs: Run[] = []
      for (let i = 0; i < RUNS; i += 1) runs.push(await runOnce(url, port))
      for (const category of CATEGORIES) {
        const middle = runs.toSorted((a, b) => a.scores[category] - b.scores[category])[Math.floor(RUNS / 2)]
        const value = middle?.scores[category] ?? 0
        const failed = middle?.failed.join(' ') ?? ''
        figures.push({
          ...{
            name: `Lighthouse, ${name}: ${category}`,
            value,
            unit: '',
            goal: { text: `at least ${GOAL}`, met: value >= GOAL },
          },
          more: { ...(category === 'performance' ? middle?.times : failed ? { failed } : {}) },
        })
      }
    }
    return figures
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
