/** The page that a person reads about a run of the tests. */
import type { FileTests, Journey, Outcome, Results } from './report-results.ts'

/** What was tested. */
export type Tested = { version: string; commit: string | null }
/** A journey, and where its pictures lie. */
export type Shown = Journey & { shown: { name: string; src: string }[] }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
const MARKS: Record<Outcome, string> = { passed: '✓ passed', failed: '✗ failed', skipped: '– skipped' }
const outcomeOf = (outcome: Outcome): string => `<span class="${outcome}">${MARKS[outcome]}</span>`

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem;color:#1f2430;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid #ccc}summary{cursor:pointer;padding:.6rem 0;min-height:1.5rem}
details{border-bottom:1px solid #e4e4e4}table{border-collapse:collapse}td,th{padding:.3rem .9rem .3rem 0;text-align:left}td:nth-child(n+2){font-variant-numeric:tabular-nums}
.passed{color:#17663a}.failed{color:#a3261b;font-weight:600}.skipped,small{color:#5b5f6b}li.failed{font-weight:600}
.pictures{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}figure{margin:0}img{display:block;max-height:26rem;max-width:100%;border:1px solid #ccc}figcaption{max-width:20rem}
pre{white-space:pre-wrap;background:#f6f1ee;padding:.75rem;overflow-x:auto}@media print{details{break-inside:avoid}}
@media (prefers-color-scheme:dark){body{background:#15171d;color:#eceae4}.passed{color:#7fd6a3}.failed{color:#ff9c92}.skipped,small{color:#a9adb8}pre{background:#23262f}details,h2{border-color:#343845}}`

export function reportPage({ version, commit }: Tested, { at, files }: Results, journeys: readonly Shown[]): string {
  const about = [
    `version ${version}`,
    commit && `commit ${commit}`,
    at && `tested ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ]
  const all = [...journeys, ...files.flatMap(({ tests }) => tests)]
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>WhatsappB24 ${escaped(version)}: test report</title><style>${STYLE}</style></head><body>
<h1>WhatsappB24: test report</h1><p>${escaped(about.filter(Boolean).join(', '))}</p>
<table><thead><tr><th>What</th><th>Passed</th><th>Failed</th><th>Skipped</th></tr></thead><tbody>
${['phone', 'tablet', 'desktop']
  .map((size) =>
    counted(
      `Journeys in a browser, ${size}`,
      journeys.filter((one) => one.size === size),
    ),
  )
  .join('')}
${counted(
  'All other tests',
  files.flatMap(({ tests }) => tests),
)}${counted('Together', all)}</tbody></table>
<h2>What people do</h2>${journeys.map(journey).join('')}
<h2>All other tests, by file</h2>${files.map(fileOf).join('')}</body></html>
`
}

function counted(what: string, tests: readonly { outcome: Outcome }[]): string {
  const count = (outcome: Outcome): number => tests.filter((one) => one.outcome === outcome).length
  return `<tr><th>${what}</th><td>${count('passed')}</td><td>${count('failed')}</td><td>${count('skipped')}</td></tr>`
}

const openIf = (isBad: boolean): string => (isBad ? ' open' : '')

function journey({ title, file, size, outcome, ms, steps, shown, notes, problems }: Shown): string {
  const list = steps.map(
    (step) => `<li${step.isBad ? ' class="failed"' : ''}>${escaped(step.title)} <small>${seconds(step.ms)}</small></li>`,
  )
  const pictures = shown.map(
    ({ name, src }) =>
      `<figure><a href="${src}"><img loading="lazy" src="${src}" alt="${escaped(name)}"></a><figcaption><small>${escaped(name)}</small></figcaption></figure>`,
  )
  return `<details${openIf(outcome === 'failed')}><summary>${outcomeOf(outcome)} ${escaped(title)} <small>${size}, ${seconds(ms)}, ${escaped(file)}</small></summary>
${list.length > 0 ? `<ol>${list.join('')}</ol>` : ''}${notes.map((note) => `<p>${escaped(note)}</p>`).join('')}${told(problems)}
${pictures.length > 0 ? `<div class="pictures">${pictures.join('')}</div>` : ''}</details>`
}

function fileOf({ file, tests, problem }: FileTests): string {
  const bad = tests.filter(({ outcome }) => outcome === 'failed').length + (problem === null ? 0 : 1)
  const list = tests.map(
    ({ title, outcome, ms, problems }) =>
      `<li>${outcomeOf(outcome)} ${escaped(title)} <small>${seconds(ms)}</small>${told(problems)}</li>`,
  )
  const about = bad > 0 ? `<span class="failed">${bad} of ${tests.length} failed</span>` : `<small>${tests.length} tests</small>`
  const why = told(problem === null ? [] : [problem])
  return `<details${openIf(bad > 0)}><summary>${escaped(file)} ${about}</summary>${why}<ul>${list.join('')}</ul></details>`
}

const told = (problems: readonly string[]): string => problems.map((problem) => `<pre>${escaped(problem)}</pre>`).join('')
