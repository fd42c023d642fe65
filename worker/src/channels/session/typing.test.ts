import { expect, test, vi } from 'vitest'
import type { Ask } from '#contract/session-node.ts'
import { Typists } from './typing.ts'

const ROSA = { lid: '298459173412992', phone: '593987654321' }

test('whoever looks hears at once that the customer types, by whichever name they are told of', async () => {
  const typists = new Typists(async () => undefined)
  expect(await typists.watch(ROSA, undefined)).toBe('no')
  const next = typists.watch({ phone: ROSA.phone }, 'no')
  typists.heard({ from: { lid: 'somebody else' }, is: 'typing' })
  typists.heard({ from: ROSA, is: 'recording' })
  expect(await next).toBe('recording')
  typists.heard({ from: ROSA, is: 'no' })
  expect(await typists.watch({ lid: ROSA.lid }, 'recording')).toBe('no')
})

test('a phone that says no more has stopped, and who looks on is not kept for ever', async () => {
  vi.useFakeTimers()
  const typists = new Typists(async () => undefined)
  typists.heard({ from: ROSA, is: 'typing' })
  const stopped = typists.watch(ROSA, 'typing')
  await vi.advanceTimersByTimeAsync(25_001)
  expect(await stopped).toBe('no')
  const quiet = typists.watch(ROSA, 'no')
  await vi.advanceTimersByTimeAsync(25_001)
  expect(await quiet).toBe('no')
  vi.useRealTimers()
})

test('WhatsApp is asked to tell of a customer now and then, however many look', async () => {
  const ask = vi.fn<(ask: Ask) => Promise<unknown>>(async () => undefined)
  const typists = new Typists(ask)
  await typists.watch(ROSA, undefined)
  await typists.watch(ROSA, undefined)
  expect(ask).toHaveBeenCalledExactlyOnceWith({ do: 'watch', to: ROSA })
})
