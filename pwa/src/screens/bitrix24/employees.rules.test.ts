import { expect, test } from 'vitest'
import type { Employee, Employees } from '#contract/employees.ts'
import { PortalId } from '#contract/ids.ts'
import * as rules from './employees.rules.ts'

const anEmployee = (n: number, more: Partial<Employee> = {}): Employee => ({
  userId: String(n),
  name: `Empleado ${n}`,
  position: 'Asesor de ventas',
  departments: ['2'],
  isAdmin: false,
  isActive: true,
  access: 'none',
  role: null,
  isYou: false,
  seenAt: null,
  ...more,
})

const aList = (items: Employee[]): Employees => ({
  portalId: PortalId.parse('0199a200-0000-7000-8000-000000000001'),
  domain: 'acme.bitrix24.es',
  readAt: null,
  staged: [],
  problem: null,
  hasDepartments: false,
  departments: [
    { id: '1', name: 'Andina', parentId: null },
    { id: '2', name: 'Red Digital', parentId: '1' },
    { id: '3', name: 'Calidad', parentId: '1' },
  ],
  items,
})

test('a box that is ticked or not says what somebody has; a head has the others too', () => {
  expect(rules.withBox('none', 'quality', true)).toBe('quality')
  expect(rules.withBox('quality', 'sales', true)).toBe('quality_sales')
  expect(rules.withBox('quality_sales', 'quality', false)).toBe('sales')
  expect(rules.withBox('quality_sales', 'head', true)).toBe('head')
  expect(rules.withBox('head', 'sales', false)).toBe('head')
  expect(rules.withBox('head', 'head', false)).toBe('none')
  expect(rules.BOXES.map((box) => rules.boxOf('head', box))).toEqual(['included', 'included', 'on'])
})

test('choosing what somebody has takes the change back; yourself, and who has another role, stay as they are', () => {
  const ana = anEmployee(1, { access: 'sales' })
  const staged = rules.stage({}, ana, 'head')
  expect(staged).toEqual({ 1: { from: 'sales', to: 'head' } })
  expect(rules.stage(staged, ana, 'sales')).toEqual({})
  expect(rules.stage({}, anEmployee(2, { access: 'other' }), 'head')).toEqual({})
  expect(rules.stage({}, anEmployee(3, { isYou: true }), 'head')).toEqual({})
  expect(rules.stage({}, anEmployee(4, { isActive: false, access: 'sales' }), 'head')).toEqual({})
})

test('one tap gives a role to a whole department, and takes it again', () => {
  const people = [anEmployee(1), anEmployee(2, { access: 'quality' }), anEmployee(3, { access: 'other' })]
  const staged = rules.stageAll({}, people, 'sales', true)
  expect(staged).toEqual({ 1: { from: 'none', to: 'sales' }, 2: { from: 'quality', to: 'quality_sales' } })
  expect(rules.boxOfAll(staged, people, 'sales')).toBe('all')
  expect(rules.boxOfAll(staged, people, 'quality')).toBe('some')
  expect(rules.stageAll(staged, people, 'sales', false)).toEqual({})
})

test('the review says who gains and who loses what', () => {
  const list = aList([anEmployee(1), anEmployee(2), anEmployee(3, { access: 'head' })])
  let staged = rules.stageAll({}, list.items.slice(0, 2), 'sales', true)
  staged = rules.stage(staged, list.items[2] ?? anEmployee(9), 'quality')
  const changes = rules.changesOf(staged, list)
  expect(changes.map(({ from, to, employees }) => [from, to, employees.length])).toEqual([
    ['none', 'sales', 2],
    ['head', 'quality', 1],
  ])
  expect(changes.map(rules.gainsAndLosses)).toEqual([
    { gains: ['readOwn', 'writeOwn'], losses: [] },
    { gains: [], losses: ['writeAll', 'direct'] },
  ])
})

test('when somebody was faster: what they did is said, and what is left stays to be applied', () => {
  const staged: rules.Staged = {
    1: { from: 'none', to: 'sales' },
    2: { from: 'none', to: 'head' },
    3: { from: 'none', to: 'quality' },
    4: { from: 'sales', to: 'none' },
  }
  const list = aList([anEmployee(1), anEmployee(2, { access: 'sales' }), anEmployee(3, { access: 'quality' })])
  const { staged: left, conflicts } = rules.rebased(staged, list)
  expect(left).toEqual({ 1: { from: 'none', to: 'sales' }, 2: { from: 'sales', to: 'head' } })
  expect(conflicts.map(({ userId, now }) => [userId, now])).toEqual([
    ['2', 'sales'],
    ['3', 'quality'],
    ['4', null],
  ])
})

test('groups stand as the portal nests them; who is in two is in both, who is in none comes last', () => {
  const list = aList([anEmployee(1, { departments: ['2', '3'] }), anEmployee(2, { departments: ['77'] })])
  const groups = rules.groupsOf(list, list.items)
  expect(groups.map(({ name, depth, employees }) => [name, depth, employees.length])).toEqual([
    ['Red Digital', 1, 1],
    ['Calidad', 1, 1],
    [null, 0, 1],
  ])
  expect(rules.rowsOf(groups, new Set(['2'])).map(({ key }) => key)).toEqual(['g2', 'g3', '3:1', 'g', ':2'])
})

test('three letters find somebody among two thousand, accents aside, in a blink', () => {
  const many = Array.from({ length: 2_000 }, (_, n) => anEmployee(n, { departments: [String(1 + (n % 3))] }))
  const list = aList([...many, anEmployee(5_000, { name: 'Óscar Núñez' })])
  const index = rules.searchable(list.items)
  const from = performance.now()
  const rows = rules.rowsOf(rules.groupsOf(list, rules.found(index, 'nun')), new Set())
  const took = performance.now() - from
  expect(rows.filter((row) => 'employee' in row)).toHaveLength(1)
  expect(took).toBeLessThan(200)
  expect(rules.found(index, 'OSCAR nuñ')).toHaveLength(1)
})

test('an example gives roles by what people do, and takes nothing from anybody', () => {
  const list = aList([
    anEmployee(1),
    anEmployee(2, { position: 'Jefa de equipo' }),
    anEmployee(3, { position: 'Analista', departments: ['3'] }),
    anEmployee(4, { position: 'Supervisora', access: 'sales' }),
    anEmployee(5, { position: 'Contador', departments: ['1'] }),
  ])
  const given = (example: rules.Example) =>
    Object.fromEntries(Object.entries(rules.stageExample({}, list, example)).map(([id, { to }]) => [id, to]))
  expect(given('positions')).toEqual({ 1: 'sales', 2: 'head' })
  expect(given('departments')).toEqual({ 3: 'quality' })
  expect(given('everybody')).toEqual({ 1: 'sales', 2: 'sales', 3: 'sales', 5: 'sales' })
})
