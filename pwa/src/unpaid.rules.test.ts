import { expect, test } from 'vitest'
import type { Channel } from '#contract/channels.ts'
import { aChannel } from './live/fakes.ts'
import { unpaidOf } from './unpaid.rules.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const names = (...list: [string, Channel['subscription'], Channel['state']?][]) =>
  unpaidOf(
    list.map(([name, subscription, state = 'active']) => ({ ...aChannel(), name, state, subscription })),
    NOW,
  ).map(({ name }) => name)

test('who needs no subscription, and whose is paid, hears nothing; who sends nothing, or soon will not, does', () => {
  const paid = { state: 'active', sendsUntil: '2026-12-22T00:00:00.000Z', cancelsAt: null }
  expect(
    names(['none needed', null], ['older server', undefined], ['paid', paid], ['trial', { ...paid, state: 'trial' }]),
  ).toEqual([])
  expect(
    names(
      ['none', { state: 'none', sendsUntil: null, cancelsAt: null }],
      ['paused', { state: 'paused', sendsUntil: null, cancelsAt: null }],
      ['grace', { ...paid, state: 'grace' }],
      ['over', { ...paid, sendsUntil: '2026-11-22T11:59:00.000Z' }],
      ['put away', { state: 'none', sendsUntil: null, cancelsAt: null }, 'archived'],
    ),
  ).toEqual(['none', 'paused', 'grace', 'over'])
})
