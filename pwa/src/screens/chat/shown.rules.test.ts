import { expect, test } from 'vitest'
import { aMessage } from '../../live/fakes.ts'
import { emptyDraft } from '../../live/draft.rules.ts'
import { entriesOf } from './entries.rules.ts'
import { rowsOf, shownOf } from './shown.rules.ts'

const day = (at: string) => at.slice(0, 10)
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
  expect(rows.map((row) => row.dayOf !== null)).toEqual([true, false, true])
  expect(rows.map((row) => row.isFirst)).toEqual([true, false, false])
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
  const waits = rowsOf(shownOf(messages, []), true, true, day).map((row) => row.wait)
  expect(waits).toEqual([null, null, 'start', 'middle', 'middle', 'end'])
  expect(rowsOf(shownOf(messages, []), true, false, day).every((row) => row.wait === null)).toBe(true)
})

test('an answer that waits in the phone ends the thread at once', () => {
  expect(rowsOf(shownOf([aMessage(1)], [pending]), true, true, day).map((row) => row.wait)).toEqual([null, null])
})
