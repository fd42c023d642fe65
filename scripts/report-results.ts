/** What the last run of the tests left in its folder: journeys in a browser with their steps and pictures, and all other tests by file. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as z from 'zod'

export type Step = { title: string; ms: number; isBad: boolean }
export type Picture = { name: string; bytes: Buffer }
export type Journey = {
  title: string
  file: string
  /** The frame that it was made in: phone, tablet, desktop. */
  size: string
  outcome: Outcome
  ms: number
  steps: Step[]
  pictures: Picture[]
  /** What was counted or timed on the way. */
  notes: string[]
  problems: string[]
}
export type Outcome = 'passed' | 'failed' | 'skipped'
export type FileTests = {
  file: string
  tests: { title: string; outcome: Outcome; ms: number; problems: string[] }[]
  /** What kept the file itself from being run: its set-up, or what it imports. */
  problem: string | null
}
export type Results = { at: Date | null; journeys: Journey[]; files: FileTests[] }

const Result = z.object({
  ...{ duration: z.number(), startTime: z.string() },
  steps: z.optional(z.array(z.object({ title: z.string(), duration: z.number(), error: z.optional(z.unknown()) }))),
  errors: z.array(z.object({ message: z.optional(z.string()) })),
  attachments: z.array(
    z.object({ name: z.string(), contentType: z.string(), body: z.optional(z.string()), path: z.optional(z.string()) }),
  ),
})
const Spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(z.object({ type: z.string(), description: z.optional(z.string()) })),
      results: z.array(Result),
    }),
  ),
})
const Suite = z.object({
  specs: z.array(Spec),
  get suites() {
    return z.optional(z.array(Suite))
  },
})
const Browser = z.object({ suites: z.array(Suite) })
const Vitest = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({
      ...{ name: z.string(), status: z.string(), message: z.nullish(z.string()) },
      assertionResults: z.array(
        z.object({
          ...{ fullName: z.string(), status: z.string(), duration: z.nullish(z.number()) },
          failureMessages: z.nullish(z.array(z.string())),
        }),
      ),
    }),
  ),
})

/** What is not there was not run. */
function read<T>(file: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Reads a run's folder; `root`: names of files begin there. */
export function resultsIn(folder: string, root: string): Results {
  const browser = read(join(folder, 'browser.json'), Browser)
  const runs = ['vitest.json', 'houses.json'].flatMap((name) => read(join(folder, name), Vitest) ?? [])
  const specs = (browser?.suites ?? []).flatMap(specsOf)
  const times = [...runs.map(({ startTime }) => startTime), ...specs.flatMap(startsOf)]
  return {
    at: times.length > 0 ? new Date(Math.min(...times)) : null,
    journeys: specs.flatMap(journeysOf),
    files: runs.flatMap(({ testResults }) => testResults.map((one) => fileTests(one, root))).toSorted(byFile),
  }
}

function specsOf({ specs, suites = [] }: z.infer<typeof Suite>): z.infer<typeof Spec>[] {
  return [...specs, ...suites.flatMap(specsOf)]
}

const startsOf = ({ tests }: z.infer<typeof Spec>): number[] =>
  tests.flatMap(({ results }) => results.map(({ startTime }) => Date.parse(startTime)))
const byFile = (a: FileTests, b: FileTests): number => a.file.localeCompare(b.file)

function journeysOf({ title, file, tests }: z.infer<typeof Spec>): Journey[] {
  return tests.flatMap(({ projectName, status, annotations, results }) => {
    const last = results.at(-1)
    // One that passes only at the second try has not passed.
    const outcome = status === 'expected' ? 'passed' : status === 'skipped' ? 'skipped' : 'failed'
    if (!last) return []
    return {
      ...{ title: title.replace(/( @\w+)+$/, ''), file, size: projectName, outcome, ms: last.duration },
      steps: (last.steps ?? []).map((step) => ({ title: step.title, ms: step.duration, isBad: step.error !== undefined })),
      pictures: last.attachments.filter(({ contentType }) => contentType === 'image/png').flatMap(pictureOf),
      notes: annotations.map(({ type, description }) => [type, description].filter(Boolean).join(': ')),
      problems: last.errors.map(({ message }) => plain(message ?? '')),
    }
  })
}

function pictureOf({ name, body, path }: { name: string; body?: string | undefined; path?: string | undefined }): Picture[] {
  if (body !== undefined) return [{ name, bytes: Buffer.from(body, 'base64') }]
  try {
    return path === undefined ? [] : [{ name, bytes: readFileSync(path) }]
  } catch {
    return []
  }
}

function fileTests(file: z.infer<typeof Vitest>['testResults'][number], root: string): FileTests {
  const { name, message, assertionResults } = file
  const isToldByTest = assertionResults.some(({ status }) => status === 'failed')
  return {
    file: relative(root, name),
    problem: file.status === 'failed' && !isToldByTest ? plain(message ?? '') || 'it could not be run' : null,
    tests: assertionResults.map(({ fullName, status, duration, failureMessages }) => ({
      title: fullName,
      outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
      ms: duration ?? 0,
      problems: (failureMessages ?? []).map(plain),
    })),
  }
}

/** Without the colours of a terminal. */
// oxlint-disable-next-line no-control-regex -- they begin with that sign.
const plain = (text: string): string => text.replaceAll(/\u001b\[[0-9;]*m/g, '').trim()
