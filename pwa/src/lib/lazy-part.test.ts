import { expect, test } from 'vitest'
import { untilLoaded } from './lazy-part.ts'

test('a part that cannot be fetched is asked for again, a little later each time, until it is there', async () => {
  const pauses: number[] = []
  let tries = 0
  const load = untilLoaded(
    async () => {
      tries += 1
      if (tries < 4) throw new TypeError('Failed to fetch dynamically imported module')
      return 'part'
    },
    async (ms) => pauses.push(ms),
  )
  expect(await load()).toBe('part')
  expect(pauses).toEqual([500, 1_000, 2_000])
})

test('what never comes is told', async () => {
  const load = untilLoaded(
    () => Promise.reject(new TypeError('gone')),
    async () => undefined,
  )
  await expect(load()).rejects.toThrow('gone')
})
