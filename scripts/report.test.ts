import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failuresOf } from './report-failures.ts'
import { resultsIn } from './report-results.ts'
import { writeReport } from './report.ts'

const PICTURE = Buffer.from('a picture').toString('base64')

function aRun(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wb24-report-'))
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(value))
  return folder
}

const journey = (status: string, more: object = {}) => ({
  title: 'a talk <b>both ways</b> @phone @desktop',
  file: 'talk.spec.ts',
  tests: [
    {
      ...{ projectName: 'phone', status, annotations: [{ type: 'from the card to the first answer', description: '9 s' }] },
      results: [
        {
          ...{ duration: 1_500, startTime: '2026-11-22T07:00:00.000Z', errors: [] },
          steps: [{ title: 'The customer writes', duration: 200 }],
          attachments: [{ name: 'the phone', contentType: 'image/png', body: PICTURE }],
          ...more,
        },
      ],
    },
  ],
})

test('the page tells each journey with its size, steps, pictures and result, and every other test by file', () => {
  const vitest = {
    startTime: 1_790_000_000_000,
    testResults: [
      {
        name: '/x/db/ledger.db.test.ts',
        status: 'passed',
        assertionResults: [{ fullName: 'money adds up', status: 'passed', duration: 20 }],
      },
    ],
  }
  const folder = aRun({
    'browser.json': { suites: [{ specs: [], suites: [{ specs: [journey('expected')] }] }] },
    'vitest.json': vitest,
  })
  const page = readFileSync(writeReport(folder), 'utf8')
  for (const words of ['a talk &#60;b&#62;both ways', 'phone, 1.5 s, talk.spec.ts', 'The customer writes', 'first answer: 9 s'])
    expect(page).toContain(words)
  for (const words of ['money adds up', 'ledger.db.test.ts', 'version 0', '<td>2</td><td>0</td>']) expect(page).toContain(words)
  expect(page).not.toContain('@desktop')
  expect(readdirSync(join(folder, 'report', 'pictures'))).toEqual(['1-1.png'])
})

test('what failed, or passed only at the second try, has failed, and says why', () => {
  const errors = [{ message: '\u001b[31mexpected\u001b[39m 1, received 2' }]
  const folder = aRun({ 'browser.json': { suites: [{ specs: [journey('unexpected', { errors }), journey('flaky')] }] } })
  const page = readFileSync(writeReport(folder), 'utf8')
  expect(page).toContain('<pre>expected 1, received 2</pre>')
  expect(page).toContain('<th>Together</th><td>0</td><td>2</td><td>0</td>')
})

test('a run that stopped early still has a page', () => {
  expect(readFileSync(writeReport(aRun({})), 'utf8')).toContain('<th>Together</th><td>0</td><td>0</td><td>0</td>')
})

test('the end of a run names each failure and its cause, also that of a file which could not be begun', () => {
  const failed = { fullName: 'money adds up', status: 'failed', failureMessages: ['expected 1, received 2'] }
  const testResults = [
    { name: '/x/db/ledger.db.test.ts', status: 'failed', message: '', assertionResults: [failed] },
    { name: '/x/e2e/chaos/chaos.test.ts', status: 'failed', message: 'the house did not start', assertionResults: [] },
    { name: '/x/db/right.db.test.ts', status: 'passed', message: '', assertionResults: [] },
  ]
  const folder = aRun({
    'browser.json': {
      suites: [{ specs: [journey('unexpected', { errors: [{ message: 'no such button' }] }), journey('expected')] }],
    },
    'houses.json': { startTime: 1_790_000_000_000, testResults },
  })
  expect(failuresOf(resultsIn(folder, '/x'))).toEqual([
    '✗ e2e/chaos/chaos.test.ts\nthe house did not start',
    '✗ db/ledger.db.test.ts › money adds up\nexpected 1, received 2',
    '✗ talk.spec.ts › a talk <b>both ways</b> (phone)\nno such button',
  ])
  expect(readFileSync(writeReport(folder), 'utf8')).toContain('<pre>the house did not start</pre>')
})
