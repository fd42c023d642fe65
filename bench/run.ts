/**
 * `npm run bench`: speed and size, each beside the bare limit of this machine in the same run. A table for people and
 * bench/latest.json for machines. `npm run bench -- quick` leaves out what needs the large tables, starts and the browser;
 * `npm run bench -- app` measures the app alone, `-- sessions` unofficial numbers alone, `-- bitrix24` open lines alone,
 * `-- employees` the employees of a large portal alone, `-- ledger` the ledger alone.
 */
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { freePort } from '../db/local/ports.ts'
import { build } from '../scripts/build.ts'
import { startBare, type Bare } from './bare/host.ts'
import { ratioOf, tableOf, type Figure } from './figure.ts'
import { starts, weights } from './figures/app.ts'
import { bitrix24 } from './figures/bitrix24.ts'
import { desk } from './figures/desk.ts'
import { employees } from './figures/employees.ts'
import { bareLimits, heardElsewhere, rightChat, storedPerSecond } from './figures/inbound.ts'
import { ledger } from './figures/ledger.ts'
import { LIST_SQL, listAndPage, PAGE_SQL, search, searchMessages } from './figures/reads.ts'
import { lighthouseScores } from './figures/lighthouse.ts'
import { chatSwitch, memory, scrollLong } from './figures/reading.ts'
import { rights } from './figures/rights.ts'
import { sendsPerSecond } from './figures/sends.ts'
import { sessions } from './figures/sessions.ts'
import { coldStarts } from './figures/starts.ts'
import { statusCosts, statusFigures } from './figures/statuses.ts'
import { startSubject, type Subject } from './house.ts'
import { seedLarge } from './seed.ts'
import { startLoad, type Load } from './tasks.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function bareOf({ house, database, line }: Subject): Promise<Bare> {
  await database.query(
    'create table bare_message (id uuid primary key, body text not null, at timestamptz not null default now())',
  )
  return startBare(await freePort(), join(tmpdir(), `wb24-bare-${process.pid}`), {
    // As the owner: no row security stands between the plain query and its rows.
    DATABASE_URL: 'postgres://postgres:local@127.0.0.1/postgres',
    NEON_HTTP_URL: house.endpoint?.url ?? '',
    APP_SECRET: line.appSecret,
    ...{ LIST_SQL, PAGE_SQL },
  })
}

/** What was not measured is said, and does not keep the rest from being measured. */
async function tried(figures: Figure[], name: string, measure: () => Promise<Figure[]>): Promise<void> {
  say(`… ${name}`)
  try {
    figures.push(...(await measure()))
  } catch (error) {
    say(`  ${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What the app weighs and how soon it is there. */
async function appFigures(subject: Subject, load: Load): Promise<Figure[]> {
  const figures: Figure[] = []
  await tried(figures, 'weights of the app', async () => weights())
  await tried(figures, 'starts of the app', () => starts(subject))
  await tried(figures, 'Lighthouse', () => lighthouseScores(subject))
  await tried(figures, 'from chat to chat', () => chatSwitch(subject))
  await tried(figures, 'ten thousand messages', () => scrollLong(subject))
  await tried(figures, 'memory', () => memory(subject, load))
  await tried(figures, 'employees of a large portal', () => employees(subject))
  return figures
}

async function benchEmployees(): Promise<Figure[]> {
  await build(say, 'pwa')
  const subject = await startSubject()
  const figures: Figure[] = []
  await tried(figures, 'employees of a large portal', () => employees(subject))
  await subject.stop()
  return figures
}

async function benchApp(): Promise<Figure[]> {
  await build(say, 'pwa')
  const subject = await startSubject()
  const load = startLoad()
  try {
    // Something to read.
    await storedPerSecond(subject, load, { hello: 0, insert: 0 }, 'in')
    return await appFigures(subject, load)
  } finally {
    load.stop()
    await subject.stop()
  }
}

/** What has a house of its own. */
const ALONE: Record<string, [name: string, measure: () => Promise<Figure[]>]> = {
  sessions: ['unofficial numbers', () => sessions(say)],
  bitrix24: ['open lines', bitrix24],
  ledger: ['the ledger', ledger],
}

async function benchAlone(name: string, measure: () => Promise<Figure[]>): Promise<Figure[]> {
  await build(say, 'worker')
  const figures: Figure[] = []
  await tried(figures, name, measure)
  return figures
}

async function bench(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = []
  const hasApp = await build(say, 'pwa').then(
    () => true,
    () => false,
  )
  const subject = await startSubject()
  const load = startLoad()
  const bare = await bareOf(subject)
  try {
    const { limits, figures: bareFigures } = await bareLimits(subject, bare, load)
    figures.push(...bareFigures)
    await tried(figures, 'inbound', () => storedPerSecond(subject, load, limits, 'in'))
    // Early: whoever builds the app again meanwhile takes its files away from under this house.
    if (hasApp && !quick) figures.push(...(await appFigures(subject, load)))
    await tried(figures, 'sockets', () => heardElsewhere(subject, load))
    await tried(figures, 'sends', () => sendsPerSecond(subject, load, limits))
    const small = await statusCosts(subject, load)
    await tried(figures, 'many senders', () => rightChat(subject, load, limits))
    if (quick) return [...figures, ...statusFigures(small, small, 0)]
    say('… filling the tables')
    const seeded = await seedLarge(subject)
    await tried(figures, 'lists and pages', () => listAndPage(subject, bare, load, seeded))
    await tried(figures, 'search', () => search(subject, load, seeded))
    await tried(figures, 'search in messages', () => searchMessages(subject, load, seeded))
    await tried(figures, 'filters, dashboard, metrics', () => desk(subject, load, seeded))
    await tried(figures, 'statuses', async () => statusFigures(small, await statusCosts(subject, load), seeded.messages))
    // Last of these: it gives every chat to somebody, and what is given away the listening agent no longer hears.
    await tried(figures, 'rights', () => rights(subject, seeded))
  } finally {
    load.stop()
    await bare.stop()
    await subject.stop()
  }
  await tried(figures, 'starts', coldStarts)
  for (const [name, measure] of Object.values(ALONE)) await tried(figures, name, measure)
  return figures
}

/** A part of it, by its name. */
const PARTS: Record<string, () => Promise<Figure[]>> = {
  ...{ app: benchApp, employees: benchEmployees },
  ...Object.fromEntries(Object.entries(ALONE).map(([name, alone]) => [name, () => benchAlone(...alone)])),
}
const mode = process.argv[2] ?? ''
const part = PARTS[mode]
const started = performance.now()
const loadBefore = loadavg()[0] ?? 0
const figures = part ? await part() : await bench(mode === 'quick')
const seconds = (performance.now() - started) / 1000
say(`\n${tableOf(figures)}\n\n${cpus().length} cores, load before ${loadBefore.toFixed(2)}, ${seconds.toFixed(0)} s`)
const latest = {
  at: new Date().toISOString(),
  node: process.version,
  cores: cpus().length,
  loadBefore,
  seconds,
  figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) })),
}
if (!part) writeFileSync(join(import.meta.dirname, 'latest.json'), `${JSON.stringify(latest, null, 2)}\n`)
process.exit(0)
