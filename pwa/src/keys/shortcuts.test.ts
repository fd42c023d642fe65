import { expect, test } from 'vitest'
import { commandOf, SHORTCUTS } from './shortcuts.rules.ts'

const aKey = (key: string, more: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, defaultPrevented: false, repeat: false },
  ...more,
})
const free = { isTyping: false, isCovered: false }

test('a letter is a command, also with the caps lock on', () => {
  expect(commandOf(aKey('j'), free)).toBe('next')
  expect(commandOf(aKey('J'), free)).toBe('next')
  expect(commandOf(aKey('?'), free)).toBe('help')
  expect(commandOf(aKey('x'), free)).toBeNull()
})

test('nothing happens while somebody writes, under a sheet, or with keys of the browser', () => {
  for (const { key } of SHORTCUTS) {
    expect(commandOf(aKey(key), { ...free, isTyping: true })).toBeNull()
    expect(commandOf(aKey(key), { ...free, isCovered: true })).toBeNull()
    expect(commandOf(aKey(key, { ctrlKey: true }), free)).toBeNull()
    expect(commandOf(aKey(key, { metaKey: true }), free)).toBeNull()
    expect(commandOf(aKey(key, { isComposing: true }), free)).toBeNull()
    expect(commandOf(aKey(key, { defaultPrevented: true }), free)).toBeNull()
  }
})

test('a key that is held walks through the list, and closes no second chat', () => {
  expect(commandOf(aKey('j', { repeat: true }), free)).toBe('next')
  expect(commandOf(aKey('e', { repeat: true }), free)).toBeNull()
})

test('each key does one thing', () => {
  const keys = SHORTCUTS.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})
