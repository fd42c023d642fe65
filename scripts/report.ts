/** `npm run report`: one page about the last run of the tests, with the steps and pictures of each journey, in `test-results/report/`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { reportPage, type Shown, type Tested } from './report-page.ts'
import { resultsIn, type Journey } from './report-results.ts'

const ROOT = join(import.meta.dirname, '..')

/** Writes the page about what is in `folder`, and gives where it is. */
export function writeReport(folder: string): string {
  const results = resultsIn(folder, ROOT)
  const to = join(folder, 'report')
  rmSync(to, { recursive: true, force: true })
  mkdirSync(join(to, 'pictures'), { recursive: true })
  const journeys = results.journeys.map((journey, n) => shown(to, journey, n + 1))
  const page = join(to, 'index.html')
  writeFileSync(page, reportPage(tested(), results, journeys))
  return page
}

function shown(to: string, journey: Journey, n: number): Shown {
  const pictures = journey.pictures.map(({ name, bytes }, i) => {
    const src = `pictures/${n}-${i + 1}.png`
    writeFileSync(join(to, src), bytes)
    return { name, src }
  })
  return { ...journey, shown: pictures }
}

function tested(): Tested {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
  try {
    const words = ['log', '-1', '--format=%h of %cs']
    return { version, commit: execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim() }
  } catch {
    // What was unpacked from an archive has no history.
    return { version, commit: null }
  }
}

if (import.meta.main) console.log(writeReport(join(ROOT, 'test-results')))
