import { expect, test } from 'vitest'
import { costText, type Cost } from './cost.ts'

const cost: Cost = {
  ...{ state: 'captured', category: 'marketing', billed: 'marketing', market: 'MX', currency: 'USD' },
  ...{ amount: '30500', rateFrom: '2026-01-01T00:00:00.000Z' },
}

test('what a message costs is a sentence with its kind, its country, its price and the rate', () => {
  expect(costText(cost, 'es', 'EC')).toBe('Costo: plantilla de marketing (México): 0,0305 USD, según la tarifa del 1/1/26.')
  expect(costText({ ...cost, state: 'held' }, 'es', 'PE')).toMatch(/0\.0305 USD, .* aún sin confirmar/)
  expect(costText({ ...cost, billed: 'utility', amount: '8500' }, 'en', 'US')).toBe(
    'Cost: marketing template (Mexico), billed by the provider as utility template: 0.0085 USD, by the rate of 1/1/26.',
  )
})

test('what costs nothing says why; a market without a rate of its own is not named', () => {
  expect(costText({ ...cost, state: 'included', amount: '0', market: '*' }, 'pt', 'BR')).toBe(
    'Custo: modelo de marketing: incluída no plano do número.',
  )
  for (const state of ['free', 'released'] as const) expect(costText({ ...cost, state }, 'es', 'EC')).toContain('sin costo')
})
