import { expect, test } from 'vitest'
import { meant, openingAt, stillNamed, withName } from './mention.rules.ts'

const PEOPLE = [
  { id: '1', name: 'Milagros Quispe' },
  { id: '2', name: 'Jorge Álvarez' },
]
const at = (text: string) => openingAt(text, text.length)?.words ?? null

test('an @ opens the list at the start of a word, not in an address', () => {
  expect(at('@')).toBe('')
  expect(at('Vea esto, @Mila')).toBe('Mila')
  expect(at('@Milagros Qui')).toBe('Milagros Qui')
  expect(at('ana@ejemplo')).toBeNull()
  expect(at('@Milagros Quispe y más')).toBeNull()
  expect(at('Sin nadie')).toBeNull()
})

test('somebody is found by any of their names, accents and capitals forgiven', () => {
  expect(meant(PEOPLE, 'alv').map(({ id }) => id)).toEqual(['2'])
  expect(meant(PEOPLE, 'milagros q').map(({ id }) => id)).toEqual(['1'])
  expect(meant(PEOPLE, '')).toHaveLength(2)
  expect(meant(PEOPLE, 'zz')).toEqual([])
})

test('the whole name takes the place of what was typed, and the rest of the note stays', () => {
  const text = 'Vea, @mi esto'
  const opening = openingAt(text, 8)
  expect(opening && withName(text, opening, 'Milagros Quispe')).toEqual({ text: 'Vea, @Milagros Quispe esto', cursor: 22 })
})

test('who was taken out of the text again is not named', () => {
  expect(stillNamed(PEOPLE, 'Para @Jorge Álvarez').map(({ id }) => id)).toEqual(['2'])
})
