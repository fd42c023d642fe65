/** The employees of a large portal: found by three letters, and scrolled through; on a desktop frame and a tablet. */
import type { CDPSession, Page } from '@playwright/test'
import type { Figure } from '../figure.ts'
import type { Subject } from '../house.ts'
import { spreadOf } from '../spread.ts'
import { aPhone, startBrowser, TABLET, WAIT_MS } from './phone.ts'

const EMPLOYEES = 2_000
const DEPARTMENTS = 40
const WIDTHS = [
  [1280, 800],
  [1024, 768],
] as const
/** Three letters each; the names have accents, what is typed has none. */
const TYPED = ['nun', 'pau', 'jat', 'osc', 'gar', 'ros', 'mar', 'lop', 'ine', 'rui']
const ROUNDS = 3
const GOAL_MS = 200
const LONG_FRAME_MS = 50
/** Sixty pictures a second. */
const FRAME_MS = 16.7

const FIRST = ['Paula', 'Óscar', 'María', 'Rosa', 'Inés', 'Raúl', 'Ángela', 'José', 'Lucía', 'Mónica']
const LAST = ['Núñez', 'Játiva', 'García', 'López', 'Ruiz', 'Marín', 'Rosero', 'Ibáñez', 'Oña', 'Peña']

async function seed({ database }: Subject): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `with p as (insert into portal (account_id, member_id, domain, people_read_at)
       select id, 'bench', 'grande.bitrix24.es', now() from account where name like '%(demo)' limit 1 returning id, account_id),
     d as (insert into portal_department (portal_id, account_id, department_id, name) select id, account_id, n, 'Departamento ' || n from p, generate_series(1, $1::int) n),
     e as (insert into portal_person (portal_id, account_id, user_id, name, position, departments)
       select p.id, p.account_id, n, ($2::text[])[1 + n % 10] || ' ' || ($3::text[])[1 + n / 10 % 10] || ' ' || ($3::text[])[1 + n / 100 % 10], 'Asesora de ventas', array[(1 + n % $1::int)::text]
       from p, generate_series(1, $4::int) n)
     select id from p`,
    [DEPARTMENTS, FIRST, LAST, EMPLOYEES],
  )
  return rows[0]?.id ?? ''
}

/** Milliseconds from the third letter to the picture in which only those stand who have it. */
function typeInto(page: Page, typed: readonly string[], rounds: number): Promise<number[]> {
  return page.getByLabel('Buscar empleado').evaluate(
    async (box, [words, times]) => {
      if (!(box instanceof HTMLInputElement)) throw new Error('no box to type in')
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
      const shown = () =>
        [...document.querySelectorAll<HTMLElement>('[data-employee]')].map((row) => plain(row.textContent ?? ''))
      const type = (text: string) => {
        box.value = text
        box.dispatchEvent(new InputEvent('input', { bubbles: true }))
      }
      const all: number[] = []
      for (const word of Array.from({ length: times }, () => words).flat()) {
        type(word.slice(0, 2))
        await painted()
        const start = performance.now()
        type(word)
        do await painted()
        while (!shown().every((text) => text.includes(word)))
        all.push(performance.now() - start)
        type('')
        await painted()
      }
      return all
    },
    [typed, rounds] as const,
  )
}

/** Down to the end and up again, most of a screen with every frame; gives the milliseconds of each. */
function scrollThrough(page: Page): Promise<number[]> {
  return page.getByRole('region', { name: 'Empleados por departamento' }).evaluate(async (list) => {
    const box = list.closest('.overflow-y-auto')
    if (!box) throw new Error('no page to scroll')
    const frames: number[] = []
    for (const step of [600, -600]) {
      for (let before = -1; before !== box.scrollTop;) {
        before = box.scrollTop
        box.scrollTop += step
        const from = performance.now()
        await new Promise((done) => requestAnimationFrame(done))
        frames.push(performance.now() - from)
      }
    }
    return frames
  })
}

/** What the page's own thread has worked so far: its processor time, whatever else the machine does. */
async function workMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

export async function employees(subject: Subject): Promise<Figure[]> {
  const portalId = await seed(subject)
  const browser = await startBrowser()
  const figures: Figure[] = []
  try {
    for (const [width, height] of WIDTHS) {
      const context = await aPhone(browser, subject, { ...TABLET, viewport: { width, height } }, 'administrator')
      const page = await context.newPage()
      await page.goto(`${subject.house.address}/settings/bitrix24/${portalId}`)
      await page.locator('[data-employee]').first().waitFor({ timeout: WAIT_MS })
      await typeInto(page, TYPED.slice(0, 2), 1)
      const found = spreadOf(await typeInto(page, TYPED, ROUNDS))
      const devtools = await context.newCDPSession(page)
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
      const before = await workMs(devtools)
      const frames = await scrollThrough(page)
      const work = ((await workMs(devtools)) - before) / frames.length
      const { p50, p99 } = spreadOf(frames)
      const long = frames.filter((ms) => ms > LONG_FRAME_MS).length
      figures.push(
        {
          ...{ name: `2,000 employees at ${width}, third letter to picture, p99`, value: found.p99, unit: 'ms' },
          ...{ goal: { text: `under ${GOAL_MS} ms`, met: found.p99 < GOAL_MS }, more: { p50: found.p50, slowest: found.max } },
        },
        {
          ...{ name: `2,000 employees at ${width}, scrolled 600 px a frame: work in a frame`, value: work, unit: 'ms' },
          goal: { text: `at most ${FRAME_MS} ms`, met: work <= FRAME_MS },
          more: { frames: frames.length, [`over ${LONG_FRAME_MS} ms`]: long, p50, p99, worst: Math.max(...frames) },
        },
      )
      await context.close()
    }
    return figures
  } finally {
    await browser.close()
  }
}
