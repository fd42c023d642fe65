import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTokens, type Tokens } from './tokens.ts'

const THEMES = readTokens()
const GROUNDS = ['paper', 'surface'] as const

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(tokens: Tokens, a: string, b: string): number {
  const [x, y] = [luminance(tokens[a] ?? ''), luminance(tokens[b] ?? '')]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const LABELS = ['anil', 'cochinilla', 'maiz', 'eucalipto', 'mora', 'rio', 'teja', 'piedra']

/** Text and what it stands on, and how much they must differ. */
const PAIRS: [text: string, ground: string, least: number][] = [
  ...GROUNDS.map((ground) => ['ink', ground, 11] as [string, string, number]),
  ...['ink-2', 'ink-3', 'anil', 'cochinilla', 'teja', 'maiz', 'eucalipto', 'mora'].flatMap((text) =>
    GROUNDS.map((ground) => [text, ground, 4.5] as [string, string, number]),
  ),
  ['ink', 'anil-tint', 11],
  ['ink', 'maiz-tint', 11],
  ['ink', 'sunk', 11],
  ['ink-2', 'anil-tint', 4.5],
  ['ink-2', 'maiz-tint', 4.5],
  ['ink-2', 'sunk', 4.5],
  ['ink-3', 'sunk', 4],
  ['anil', 'anil-tint', 4.5],
  ['maiz', 'maiz-tint', 4.5],
  ['cochinilla', 'anil-tint', 4.5],
  ['maiz', 'anil-tint', 4.5],
  ['ink-3', 'anil-tint', 4],
  ['cochinilla', 'cochinilla-tint', 4.5],
  ['cochinilla', 'sunk', 4.5],
  ['eucalipto', 'eucalipto-tint', 4.5],
  ['mora', 'mora-tint', 4.5],
  ['on-anil', 'anil', 4.5],
  ['on-anil', 'anil-press', 4.5],
  ['on-cochinilla', 'cochinilla', 4.5],
  ['on-maiz-fill', 'maiz-fill', 4.5],
  ['paper', 'ink', 11],
  ['paper', 'maiz', 4.5],
  ...LABELS.map((name) => [`label-${name}`, `label-${name}-tint`, 5] as [string, string, number]),
  ...GROUNDS.flatMap((ground) => [
    ['edge', ground, 3] as [string, string, number],
    ['focus', ground, 3] as [string, string, number],
  ]),
]

test.each(['light', 'dark'] as const)('every text of the %s theme can be read on what it stands on', (theme) => {
  const weak = PAIRS.map(([text, ground, least]) => ({
    pair: `${text} on ${ground}`,
    ratio: contrast(THEMES[theme], text, ground),
    least,
  })).filter(({ ratio, least }) => !(ratio >= least))
  expect(weak).toEqual([])
})

test('both themes have the same roles', () => {
  expect(Object.keys(THEMES.dark)).toEqual(Object.keys(THEMES.light))
})

test('no colour is written outside the token file', () => {
  const root = join(import.meta.dirname, 'src')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css)$/.test(file) && !/tokens\.css|\.test\./.test(file),
  )
  expect(files.length).toBeGreaterThan(80)
  for (const file of files) {
    const found = readFileSync(join(root, file), 'utf8').match(/#[0-9a-f]{3,8}\b(?!['"]\s*\))|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []
    expect(
      found.filter((text) => !text.startsWith('#contract')),
      file,
    ).toEqual([])
  }
})
