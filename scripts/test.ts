/**
 * `npm test`: everything, in the order in which it is cheapest to fail. Stops at the first step that fails; the last one, the
 * tests, goes on to its end, and what failed is told once more below everything else.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { findBrowser } from './browser.ts'
import { failuresOf } from './report-failures.ts'
import { resultsIn } from './report-results.ts'
import { writeReport } from './report.ts'

const ROOT = join(import.meta.dirname, '..')
const RESULTS = join(ROOT, 'test-results')
const ROOMS = ['contract', 'db', 'worker', 'pwa', 'session-node', 'sim', 'scripts', 'bench', 'e2e']

type Ended = { code: number; output: string }

/** Runs a tool of node_modules. `loud` shows what it says as it says it. */
function tool(name: string, args: string[], loud = false, env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', name), args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => done({ code: 1, output: error.message }))
    child.once('exit', (code) => done({ code: code ?? 1, output }))
  })
}

async function quiet(name: string, args: string[]): Promise<void> {
  const { code, output } = await tool(name, args)
  if (code !== 0) throw new Error(output.trim() || `${name} ended with ${code}`)
}

function sources(): number {
  const all = ROOMS.flatMap((room) => readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }))
  return all.filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file) && !file.includes('node_modules')).length
}

const Cruise = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

/** The tool says "no violations" of a tree that it could not read: so what it read is counted. */
async function importRules(): Promise<void> {
  const { output } = await tool('depcruise', [...ROOMS, '--output-type', 'json'])
  const start = output.indexOf('{')
  if (start < 0) throw new Error(output)
  const { summary } = Cruise.parse(JSON.parse(output.slice(start, output.lastIndexOf('}') + 1)))
  if (summary.violations.length > 0)
    throw new Error(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).join('\n'))
  const expected = sources()
  if (summary.totalCruised < expected)
    throw new Error(`only ${summary.totalCruised} modules were read, and there are ${expected} files`)
}

const counts = { passed: 0, failed: 0, skipped: 0 }

function read<T>(file: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(readFileSync(join(RESULTS, file), 'utf8')))
  } catch {
    return null
  }
}

const VitestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})
const BrowserResult = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** Runs some of vitest's projects and counts what they say. `name` is the file of their result. */
async function vitest(name: string, projects: string): Promise<boolean> {
  const file = `${name}.json`
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(RESULTS, file)}`]
  const { code } = await tool('vitest', ['run', '--project', projects, ...reporters], true)
  const result = read(file, VitestResult)
  counts.passed += result?.numPassedTests ?? 0
  counts.failed += result?.numFailedTests ?? 0
  counts.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0)
  return code === 0 && result !== null
}

async function browser(path: string): Promise<boolean> {
  const { code } = await tool('playwright', ['test'], true, { E2E_BROWSER: path })
  const result = read('browser.json', BrowserResult)
  counts.passed += result?.stats.expected ?? 0
  // One that passes only at the second try has not passed.
  counts.failed += (result?.stats.unexpected ?? 0) + (result?.stats.flaky ?? 0)
  counts.skipped += result?.stats.skipped ?? 0
  return code === 0 && result !== null
}

/**
 * Whole houses are started and killed one after the other and mostly wait, which leaves a core to everything else; after them
 * people's journeys, while the last of the Worker's files, one after the other as well, leave half of the machine alone.
 */
async function tests(): Promise<void> {
  // First: where none can be had, nothing has been begun that would go on alone.
  const path = findBrowser(console.log)
  const others = vitest('vitest', '!house')
  const journeys = vitest('houses', 'house').then(async (areRight) => (await browser(path)) && areRight)
  if ((await Promise.all([others, journeys])).includes(false)) throw new Error('tests failed')
}

const STEPS: [string, () => Promise<void>][] = [
  ['format', () => quiet('oxfmt', ['--check', '.'])],
  ['lint', () => quiet('oxlint', ['--deny-warnings', '.'])],
  ['types', () => quiet('tsc', ['-b'])],
  ['import rules', importRules],
  ['unused code', () => quiet('knip', [])],
  ['tests', tests],
]

rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })
const startedAt = Date.now()
const secondsSince = (from: number): string => `${((Date.now() - from) / 1000).toFixed(1)} s`
let stopped = false
for (const [name, step] of STEPS) {
  const from = Date.now()
  try {
    await step()
    console.log(`✓ ${name} (${secondsSince(from)})`)
  } catch (error) {
    console.error(`✗ ${name} (${secondsSince(from)})\n${error instanceof Error ? error.message : String(error)}`)
    // A check that failed, or a run that broke before it could count, is a failure too.
    counts.failed = Math.max(counts.failed, 1)
    stopped = true
    break
  }
}
for (const failure of failuresOf(resultsIn(RESULTS, ROOT))) console.log(`\n${failure}`)
console.log(`\n${secondsSince(startedAt)} in all; the report: ${writeReport(RESULTS)}`)
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exit(stopped ? 1 : 0)
