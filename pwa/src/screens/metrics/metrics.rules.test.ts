import { expect, test } from 'vitest'
import type { Figures, Metrics } from '#contract/metrics.ts'
import { cellsOf, periodOf, rowsOf } from './metrics.rules.ts'

const FIGURES: Figures = { received: 3, sent: 2, answers: 1, closed: 0, firstAnswer: 90, firstAnswer90: 90, resolution: null }
const METRICS: Metrics = {
  ...{ from: '2026-11-20', to: '2026-11-21', totals: FIGURES, channels: [], departments: [] },
  days: [{ day: '2026-11-20', ...FIGURES }],
  agents: [{ id: null, name: null, ...FIGURES }],
}
const NAMES = {
  ...{ received: 'Recibidos', sent: 'Enviados', answers: 'Respuestas', closed: 'Cerrados' },
  ...{ firstAnswer: 'Mediana (s)', firstAnswer90: '9 de 10 (s)', resolution: 'Resolución (s)' },
}

test('a row of nobody’s has a name, and a wait that never was is an empty cell', () => {
  const rows = rowsOf(METRICS, 'agents', { agents: 'Automáticos y teléfono', departments: 'Sin departamento' })
  expect(cellsOf(rows, 'Agente', NAMES)).toEqual([
    ['Agente', 'Recibidos', 'Enviados', 'Respuestas', 'Mediana (s)', '9 de 10 (s)', 'Cerrados', 'Resolución (s)'],
    ['Automáticos y teléfono', 3, 2, 1, 90, 90, 0, null],
  ])
})

test('a week ends today and begins six days before, across months', () => {
  expect(periodOf('2026-11-02', 7)).toEqual({ from: '2026-10-27', to: '2026-11-02' })
})
