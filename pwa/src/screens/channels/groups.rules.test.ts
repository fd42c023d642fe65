import { expect, test } from 'vitest'
import type { Channel } from '#contract/channels.ts'
import { aChannel } from '../../live/fakes.ts'
import { grouped } from './groups.rules.ts'

const loja = aChannel({ name: 'Loja', phone: '593987654321' })
const cobranzas: Channel['department'] = JSON.parse('{"id":"d","name":"Cobranzas"}')
const peru = aChannel({ name: 'Perú', phone: '51961112233', department: cobranzas })
const names = (asked: string) => grouped([loja, peru], asked).map(({ name, items }) => [name, ...items.map((one) => one.name)])

test('numbers stand by department, those of none last; they are found by name, department or digits', () => {
  expect(names('')).toEqual([
    ['Cobranzas', 'Perú'],
    [null, 'Loja'],
  ])
  expect(names('peru')).toEqual([['Cobranzas', 'Perú']])
  expect(names('COBRANZAS')).toEqual([['Cobranzas', 'Perú']])
  expect(names('98 765')).toEqual([[null, 'Loja']])
  expect(names('zzz')).toEqual([])
})

test('by state trouble stands first, by kind numbers stand with their kind', () => {
  const broken = aChannel({ name: 'Quito', state: 'attention', problem: 'token_invalid' })
  const paused = aChannel({ name: 'Ambato', sendingPaused: true })
  const by = (what: 'state' | 'kind') =>
    grouped([loja, paused, broken], '', what).map(({ name, items }) => [name, ...items.map((one) => one.name)])
  expect(by('state')).toEqual([
    ['attention', 'Quito'],
    ['paused', 'Ambato'],
    ['active', 'Loja'],
  ])
  expect(by('kind')).toEqual([['meta', 'Ambato', 'Loja', 'Quito']])
})
