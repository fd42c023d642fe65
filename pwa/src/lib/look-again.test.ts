import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookAgain } from './look-again.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A screen that looks each second; how often it has asked, and what answers it. */
function aScreen() {
  const asked: (() => void)[] = []
  const leave = createRoot((dispose) => {
    lookAgain(() => new Promise<void>((done) => asked.push(done)), 1_000)
    return dispose
  })
  return { asked, leave }
}

test('nothing is asked again before it was answered, however slow the network is', async () => {
  const { asked, leave } = aScreen()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toHaveLength(1)
  asked[0]?.()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(2)
  leave()
  asked[1]?.()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked, 'who has left asks nothing').toHaveLength(2)
})

test('a screen that nobody sees asks nothing, and goes on when it is seen again', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  const { asked, leave } = aScreen()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toHaveLength(0)
  hidden.mockReturnValue(false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(1)
  leave()
  hidden.mockRestore()
})
