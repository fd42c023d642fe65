import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AUDIT_ACTIONS } from '#contract/audit.ts'
import { REFUSALS } from '#contract/errors.ts'
import { KINDS } from '#contract/extra.ts'
import { STATUSES, TRAYS } from '#contract/inbox.ts'
import { PERMISSIONS } from '#contract/permissions.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { firstEn } from './first.en.ts'
import { firstEs } from './first.es.ts'
import { firstPt } from './first.pt.ts'
import { problemsEn } from './problems.en.ts'
import { problemsEs } from './problems.es.ts'
import { problemsPt } from './problems.pt.ts'
import { pt } from './pt.ts'
import { teamEn } from './team.en.ts'
import { teamEs } from './team.es.ts'
import { teamPt } from './team.pt.ts'

type Words = { [key: string]: string | ((...args: never[]) => string) | Words }

/** `chats.title` → what it says; functions are told with samples of what they may be given. */
function leaves(words: object, path = ''): [string, string][] {
  return Object.entries(words as Words).flatMap(([key, value]) => {
    const name = path ? `${path}.${key}` : key
    if (typeof value === 'string') return [[name, value] as [string, string]]
    if (typeof value === 'function') return [[name, String(Reflect.apply(value, null, [2, 3]))] as [string, string]]
    return leaves(value, name)
  })
}

const LANGUAGES = { es: { ...firstEs, ...es }, en: { ...firstEn, ...en }, pt: { ...firstPt, ...pt } }
const PROBLEMS = { es: problemsEs, en: problemsEn, pt: problemsPt }

test('every language says everything', () => {
  const names = leaves(LANGUAGES.es).map(([name]) => name)
  for (const words of Object.values(LANGUAGES)) {
    expect(leaves(words).map(([name]) => name)).toEqual(names)
    for (const [name, said] of leaves(words)) expect(said.trim(), name).not.toBe('')
  }
})

test('languages are not copies of each other', () => {
  const differs = (a: object, b: object) => {
    const other = new Map(leaves(b))
    const all = leaves(a)
    return all.filter(([name, said]) => other.get(name) !== said).length / all.length
  }
  expect(differs(LANGUAGES.es, LANGUAGES.en)).toBeGreaterThan(0.8)
  expect(differs(LANGUAGES.es, LANGUAGES.pt)).toBeGreaterThan(0.6)
})

test.each(['es', 'en', 'pt'] as const)(
  'every refusal has a sentence and a next step in %s, and none of them shouts',
  (language) => {
    const problems = PROBLEMS[language]
    expect(Object.keys(problems)).toEqual(expect.arrayContaining(Object.keys(REFUSALS)))
    for (const [code, { cause, nextStep }] of Object.entries(problems)) {
      expect(`${cause} ${nextStep}`, code).not.toMatch(/!/)
      expect(cause, code).toMatch(/\.$/)
      expect(nextStep, code).toMatch(/\.$/)
    }
  },
)

test('every kind, state and tray of the contract has its name', () => {
  for (const words of Object.values(LANGUAGES)) {
    expect(Object.keys(words.kinds).toSorted()).toEqual([...KINDS].toSorted())
    expect(Object.keys(words.ticks).toSorted()).toEqual([...STATUSES].toSorted())
    expect(Object.keys(words.trays).toSorted()).toEqual([...TRAYS].toSorted())
  }
})

test('no words are written where they cannot be translated', () => {
  const root = join(import.meta.dirname, '..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'),
  )
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8')
    // Text between tags, and what is read aloud, come from the dictionaries. The product's own name is the same everywhere.
    const said = [...source.matchAll(/>\s*([\p{L}][\p{L} ,.]{2,})\s*<\//gu), ...source.matchAll(/aria-label="([^"{]+)"/g)].map(
      (match) => match[1],
    )
    expect(
      said.filter((words) => words !== 'WhatsappB24'),
      file,
    ).toEqual([])
  }
})

test('the words of the administration are whole in every language', () => {
  const languages = { es: teamEs, en: teamEn, pt: teamPt }
  const names = leaves(teamEs).map(([name]) => name)
  for (const words of Object.values(languages)) {
    expect(leaves(words).map(([name]) => name)).toEqual(names)
    for (const [name, said] of leaves(words)) expect(said.trim(), name).not.toBe('')
    expect(Object.keys(words.permissions).toSorted()).toEqual([...PERMISSIONS].toSorted())
    expect(Object.keys(words.actions).toSorted()).toEqual([...AUDIT_ACTIONS].toSorted())
    expect(Object.keys(words.did).toSorted()).toEqual([...AUDIT_ACTIONS].toSorted())
  }
})
