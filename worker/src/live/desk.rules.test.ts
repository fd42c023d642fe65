import { expect, test } from 'vitest'
import { frameOf, resumeFrom, unackedAfter } from './desk.rules.ts'

test('a phone continues from the log while the log reaches back', () => {
  expect(resumeFrom(10, 1, 20)).toBe('log')
  expect(resumeFrom(20, 1, 20)).toBe('log')
  expect(resumeFrom(9, 10, 20)).toBe('log')
})

test('a phone that was away for longer than the log reads everything again', () => {
  expect(resumeFrom(8, 10, 20)).toBe('resync')
})

test('a number beyond our newest belongs to another life of the object', () => {
  expect(resumeFrom(21, 1, 20)).toBe('resync')
})

test('an account without any event has nothing to send again', () => {
  expect(resumeFrom(0, 1, 0)).toBe('log')
})

const events = [
  { seq: 7, json: '{"type":"chat"}' },
  { seq: 8, json: '{"type":"secret"}' },
  { seq: 9, json: '{"type":"message"}' },
]
const hear = ({ json }: { json: string }) => (json.includes('secret') ? null : json)

test('each event names the one that this reader saw before it, holes and all', () => {
  const frame = frameOf(events, 4, hear)
  expect(JSON.parse(frame?.text ?? '')).toEqual({
    t: 'ev',
    items: [
      { seq: 7, prev: 4, event: { type: 'chat' } },
      { seq: 9, prev: 7, event: { type: 'message' } },
    ],
  })
  expect(frame?.lastSeen).toBe(9)
})

test('who may hear none of it is sent nothing at all', () => {
  expect(frameOf(events, 4, () => null)).toBeNull()
})

test('what is not acknowledged is counted in events that were sent, not in numbers', () => {
  expect(unackedAfter(9_000, { lastSeen: 9_000, unacked: 12 })).toBe(0)
  expect(unackedAfter(8_995, { lastSeen: 9_000, unacked: 12 })).toBe(5)
  expect(unackedAfter(10, { lastSeen: 9_000, unacked: 12 })).toBe(12)
})
