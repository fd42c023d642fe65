import { expect, test } from 'vitest'
import * as limits from './limits.rules.ts'

const T0 = 1_772_700_000_000

test('a burst goes through, then two a second; a larger licence takes more', () => {
  let bucket: limits.Bucket = { level: 0, at: T0 }
  let sent = 0
  while (limits.bucketWait(bucket, limits.ORDINARY, T0) === 0) {
    bucket = limits.poured(bucket, limits.ORDINARY, T0)
    sent += 1
  }
  expect(sent).toBe(45)
  expect(limits.bucketWait(bucket, limits.ORDINARY, T0)).toBe(500)
  expect(limits.bucketWait(bucket, limits.ORDINARY, T0 + 500)).toBe(0)
  expect(limits.planOf('la_ent250')).toBe(limits.ENTERPRISE)
  expect(limits.planOf('enterprise')).toBe(limits.ENTERPRISE)
  expect(limits.planOf('la_pro100')).toBe(limits.ORDINARY)
})

test('when the portal says that it is full, we wait, whatever we had counted', () => {
  expect(limits.bucketWait(limits.overflowed(limits.ORDINARY, T0), limits.ORDINARY, T0)).toBe(3_000)
})

test('a clock that went back makes no bucket overflow or empty', () => {
  const bucket = limits.poured({ level: 3, at: T0 }, limits.ORDINARY, T0 - 60_000)
  expect(bucket.level).toBe(4)
})

test('a method near the end of its time rests until it is counted anew', () => {
  expect(limits.methodRest(300, T0 + 60_000, false, T0)).toBe(0)
  expect(limits.methodRest(476, T0 + 60_000, false, T0)).toBe(T0 + 60_000)
  expect(limits.methodRest(0, null, true, T0)).toBe(T0 + 10_000)
})

test('a manual block is looked at rarely, a portal that is away at first soon', () => {
  const blocked = limits.opened(limits.CLOSED, 'overload', T0)
  expect(blocked.until - T0).toBe(300_000)
  expect(limits.opened({ ...blocked, failures: 9 }, 'overload', T0).until - T0).toBe(3_600_000)
  const away = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (failures) => limits.opened({ ...limits.CLOSED, failures }, 'unreachable', T0).until - T0,
  )
  expect(away).toEqual([0, 2_000, 5_000, 15_000, 60_000, 300_000, 300_000, 300_000])
})
