import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { coveredBy, createKeyboardRoom } from './keyboard-room.ts'

test('a keyboard covers a part of the page; a bar of the browser and a closer look cover nothing', () => {
  expect(coveredBy({ height: 508, scale: 1 }, 844)).toBe(336)
  expect(coveredBy({ height: 790, scale: 1 }, 844)).toBe(0)
  expect(coveredBy({ height: 422, scale: 2 }, 844)).toBe(0)
  // Android: the page has become smaller by itself.
  expect(coveredBy({ height: 508, scale: 1 }, 508)).toBe(0)
})

test('the app takes the room over the keyboard, and all of it when the keyboard goes', () => {
  const view = Object.assign(new EventTarget(), { height: window.innerHeight, scale: 1 })
  const room = () => document.documentElement.style.getPropertyValue('--kb')
  createRoot((dispose) => {
    createKeyboardRoom(view)
    expect(room()).toBe('0px')
    view.height -= 300
    view.dispatchEvent(new Event('resize'))
    expect(room()).toBe('300px')
    view.height += 300
    view.dispatchEvent(new Event('resize'))
    expect(room()).toBe('0px')
    dispose()
    view.height -= 300
    view.dispatchEvent(new Event('resize'))
    expect(room()).toBe('0px')
  })
})
