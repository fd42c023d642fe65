import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { deal, type NodeNow, type NumberNow } from './deal.rules.ts'

const node = (id: string, more: Partial<NodeNow> = {}): NodeNow => ({ id, capacity: 50, leaving: false, ...more })
const free = (channelId: string): NumberNow => ({ channelId, node: null })

test('numbers that nobody runs are shared out evenly', () => {
  const { run } = deal(['1', '2', '3', '4'].map(free), [node('a'), node('b')])
  expect(run.map(({ node: at }) => at)).toEqual(['a', 'b', 'a', 'b'])
})

test('a number stays where it runs, though another node is idle', () => {
  expect(deal([{ channelId: '1', node: 'a' }], [node('a'), node('b')])).toEqual({ run: [], stop: [] })
})

test('the numbers of a node that is gone go to those that are left', () => {
  expect(deal([{ channelId: '1', node: 'gone' }], [node('b')]).run).toEqual([{ channelId: '1', node: 'b' }])
})

test('a node that is leaving gets nothing, and gives back what others have room for', () => {
  const numbers = [{ channelId: '1', node: 'a' }, { channelId: '2', node: 'a' }, free('3')]
  const { run, stop } = deal(numbers, [node('a', { leaving: true }), node('b', { capacity: 2 })])
  expect(run).toEqual([{ channelId: '3', node: 'b' }])
  expect(stop).toEqual([{ channelId: '1', node: 'a' }])
})

test('a number goes to the program that it prefers; while that one is away, to another', () => {
  const own = [node('a', { token: 'shop' }), node('b', { token: 'office' })]
  const number = { channelId: '1', node: null, prefers: 'office' }
  expect(deal([number], own).run).toEqual([{ channelId: '1', node: 'b' }])
  expect(deal([number], own.slice(0, 1)).run).toEqual([{ channelId: '1', node: 'a' }])
  expect(deal([number], [...own.slice(0, 1), node('b', { token: 'office', capacity: 0 })]).run).toEqual([
    { channelId: '1', node: 'a' },
  ])
})

test('it goes back to the program that it prefers once that is here for good, and only while there is room', () => {
  const number = { channelId: '1', node: 'a', prefers: 'office' }
  const shop = node('a', { token: 'shop' })
  const office = (more: Partial<NodeNow>) => deal([number], [shop, node('b', { token: 'office', ...more })])
  expect(office({})).toEqual({ run: [], stop: [] })
  expect(office({ settled: true })).toEqual({ run: [], stop: [{ channelId: '1', node: 'a' }] })
  expect(office({ settled: true, capacity: 0 }).stop).toEqual([])
  expect(office({ settled: true, leaving: true }).stop).toEqual([])
})

test('a number that runs where it prefers stays there', () => {
  const number = { channelId: '1', node: 'b', prefers: 'office' }
  const two = [node('b', { token: 'office', settled: true }), node('c', { token: 'office', settled: true })]
  expect(deal([number], two)).toEqual({ run: [], stop: [] })
})

test('nobody is given more than fits, whatever the numbers and nodes', () => {
  const nodes = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c'), capacity: fc.nat(4), leaving: fc.boolean() }), {
    selector: ({ id }) => id,
  })
  const numbers = fc.uniqueArray(
    fc.record({ channelId: fc.string({ minLength: 1, maxLength: 2 }), node: fc.constantFrom(null, 'gone') }),
    { selector: ({ channelId }) => channelId },
  )
  fc.assert(
    fc.property(numbers, nodes, (some, there) => {
      const { run } = deal(some, there)
      for (const { id, capacity, leaving } of there)
        expect(run.filter(({ node: at }) => at === id).length).toBeLessThanOrEqual(leaving ? 0 : capacity)
      const room = there.reduce((sum, { capacity, leaving }) => sum + (leaving ? 0 : capacity), 0)
      expect(run.length).toBe(Math.min(some.length, room))
    }),
  )
})
