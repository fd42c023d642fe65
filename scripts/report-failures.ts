/** What failed, in words for the end of a terminal: thousands of lines of two runs at once may stand between it and its test. */
import type { Results } from './report-results.ts'

/** Signs of a problem that are told here; the page has it whole. */
const MOST = 1_500

export function failuresOf({ journeys, files }: Results): string[] {
  return [
    ...files.flatMap(({ file, problem }) => (problem === null ? [] : failure(file, [problem]))),
    ...files.flatMap(({ file, tests }) =>
      tests.flatMap(({ title, outcome, problems }) => (outcome === 'failed' ? failure(`${file} › ${title}`, problems) : [])),
    ),
    ...journeys.flatMap(({ file, title, size, outcome, problems }) =>
      outcome === 'failed' ? failure(`${file} › ${title} (${size})`, problems) : [],
    ),
  ]
}

const failure = (what: string, problems: readonly string[]): string =>
  [`✗ ${what}`, ...problems.map((one) => one.slice(0, MOST))].join('\n')
