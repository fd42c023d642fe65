import { expect, test } from 'vitest'
import { isTimeToCheck, stepOf, type Doing } from './update.rules.ts'

const idle: Doing = {
  hasText: false,
  isRecording: false,
  isListening: false,
  isUploading: false,
  isSheetOpen: false,
  isVisible: true,
}

test('a new version is offered to whoever is doing nothing', () => {
  expect(stepOf(idle)).toBe('say')
})

test.each(['hasText', 'isRecording', 'isListening', 'isUploading', 'isSheetOpen'] as const)(
  'it neither shows nor takes over while %s, in the front or in the back',
  (what) => {
    expect(stepOf({ ...idle, [what]: true })).toBe('nothing')
    expect(stepOf({ ...idle, [what]: true, isVisible: false })).toBe('nothing')
  },
)

test('an app that nobody looks at, with nothing under way, becomes the new one by itself', () => {
  expect(stepOf({ ...idle, isVisible: false })).toBe('take')
})

test('the server is asked when the app comes to the screen, at most every half hour', () => {
  const [then, minute] = [1_000_000, 60_000]
  expect(isTimeToCheck(true, then, then + 29 * minute)).toBe(false)
  expect(isTimeToCheck(true, then, then + 30 * minute)).toBe(true)
  expect(isTimeToCheck(false, then, then + 90 * minute)).toBe(false)
})
