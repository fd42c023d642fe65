import { expect, test } from 'vitest'
import { batchesOf, batchMeanings } from './batch.ts'

test('commands are addresses, encoded once, at most fifty in a batch', () => {
  const commands = Array.from({ length: 51 }, (_, n) => ({
    method: 'event.bind',
    params: { event: `ON ${n}`, DATA: { ID: n, OK: true, NO: null } },
  }))
  const batches = batchesOf(commands)
  expect(batches.map(({ cmd }) => Object.keys(cmd).length)).toEqual([50, 1])
  expect(batches[1]?.cmd).toEqual({ c50: 'event.bind?event=ON%2050&DATA%5BID%5D=50&DATA%5BOK%5D=1' })
})

test('each command has its own answer, whichever map it is in, and empty maps are lists', () => {
  const first = {
    result: { c0: true, c2: { result: false, error: 'ICON_REQUIRED' } },
    result_error: { c1: { error: 'ACCESS_DENIED' } },
  }
  const last = { result: [], result_error: [] }
  const meanings = batchMeanings(4, [first, last])
  expect(meanings.map(({ problem }) => problem?.code ?? null)).toEqual([null, 'ACCESS_DENIED', 'ICON_REQUIRED', '200'])
  expect(meanings[0]?.result).toBe(true)
})
