import { expect, test } from 'vitest'
import { aMessage } from '../../live/fakes.ts'
import { emptyDraft } from '../../live/draft.rules.ts'
import { entriesOf } from './entries.rules.ts'
import { rowsOf, shownOf, type Mark, type RowFacts } from './shown.rules.ts'

const day = (at: string) => at.slice(0, 10)
const slips = (rows: (RowFacts | Mark)[]) => rows.filter((row) => 'shown' in row)
const [pending] = entriesOf({ ...emptyDraft('c'), text: 'por salir' }, { id: 'p', name: 'Jorge' }, () => ({
  id: aMessage(9).id,
  at: aMessage(9).at,
}))
if (!pending) throw new Error('a text makes an entry')

test('what waits in the phone stands behind what the server has, once', () => {
  const before = shownOf([aMessage(1)], [pending])
  expect(before.map((one) => [one.message.id, one.message.status])).toEqual([
    [aMessage(1).id, null],
    [aMessage(9).id, 'queued'],
  ])
  const after = shownOf([aMessage(1), aMessage(9, { direction: 'out', status: 'sent' })], [pending])
  expect(after.map((one) => one.message.status)).toEqual([null, 'sent'])
})

test('a day is named where it begins', () => {
  const rows = rowsOf(shownOf([aMessage(1), aMessage(2), aMessage(2000)], []), true, false, day)
  expect(rows.map((row) => ('day' in row ? (row.day?.slice(0, 10) ?? 'start') : row.id))).toEqual([
    'start',
    aMessage(1).at.slice(0, 10),
    aMessage(1).id,
    aMessage(2).id,
    aMessage(2000).at.slice(0, 10),
    aMessage(2000).id,
  ])
  expect(rowsOf([], true, false, day)).toEqual([])
})

test('an older page only adds rows before the messages that are read: what stands between days is none of theirs', () => {
  const [read, older] = [[aMessage(2), aMessage(3)], aMessage(1, { direction: 'out', status: 'read' })]
  const before = rowsOf(shownOf(read, []), false, false, day)
  const after = rowsOf(shownOf([older, ...read], []), true, false, day)
  const [mark, ...messages] = before
  expect(mark).toMatchObject({ day: aMessage(2).at })
  const same = ({ id, follows, isLast }: RowFacts) => ({ id, follows, isLast })
  expect(slips(after).slice(1).map(same)).toEqual(messages.map((row) => 'shown' in row && same(row)))
  // The list takes it for rows that were added at its start, which is how it keeps what is under the eye in its place.
  expect(after.length).toBe(before.length + 2)
  expect(after.map(({ id }) => id)).not.toContain(mark?.id)
})

test('a page that comes makes rows of what is new alone; a message that changed gives a row that changed', () => {
  const read = [aMessage(2), aMessage(3), aMessage(4, { direction: 'out', status: 'sent' })]
  const before = slips(rowsOf(shownOf(read, []), false, false, day))
  const known = (id: string) => before.find((row) => row.id === id)
  const rowsOfNow = (items: typeof read) => slips(rowsOf(shownOf(items, [], known), true, false, day, known))

  const [older, first, ...others] = rowsOfNow([aMessage(1), ...read])
  expect([older?.follows, first?.follows]).toEqual([false, true])
  for (const [i, row] of others.entries()) expect(row).toBe(before[i + 1])

  const told = rowsOfNow(read.with(2, aMessage(4, { direction: 'out', status: 'delivered' })))
  expect(told[1]).toBe(before[1])
  expect(told[2]).not.toBe(before[2])
  expect(told[2]?.shown.message.status).toBe('delivered')
})

test('the thread runs beside what nobody answered; a note answers nobody, a failed answer neither', () => {
  const out = { direction: 'out', status: 'read' } as const
  const messages = [
    aMessage(1),
    aMessage(2, out),
    aMessage(3),
    aMessage(4, { direction: 'note' }),
    aMessage(5, { direction: 'out', status: 'failed' }),
    aMessage(6),
  ]
  const waits = slips(rowsOf(shownOf(messages, []), true, true, day)).map((row) => row.wait)
  expect(waits).toEqual([null, null, 'start', 'middle', 'middle', 'end'])
  expect(slips(rowsOf(shownOf(messages, []), true, false, day)).every((row) => row.wait === null)).toBe(true)
})

test('an answer that waits in the phone ends the thread at once', () => {
  expect(slips(rowsOf(shownOf([aMessage(1)], [pending]), true, true, day)).map((row) => row.wait)).toEqual([null, null])
})
