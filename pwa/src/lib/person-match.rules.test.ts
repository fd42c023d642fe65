import { expect, test } from 'vitest'
import { matches } from './person-match.rules.ts'

const rosa = { name: 'Rosa Huamán Íñiguez', phone: '593987654321' }

test.each(['huaman', 'ROSA h', 'iñiguez rosa', 'íniguez'])('a name is found by any part, accents aside: %s', (words) => {
  expect(matches(rosa, words)).toBe(true)
})

test.each(['0987654321', '098 765 4321', '+593 98 765', '+593 (0)98 765', '4321', '00593987'])(
  'a number is found as people write it: %s',
  (words) => {
    expect(matches(rosa, words)).toBe(true)
  },
)

test.each(['pedro', 'rosa pedro', '111222'])('others are not: %s', (words) => {
  expect(matches(rosa, words)).toBe(false)
})
