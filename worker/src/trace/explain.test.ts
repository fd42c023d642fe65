import { expect, test } from 'vitest'
import { LANGUAGES } from '#contract/ids.ts'
import { FAILURES } from '#contract/failures.ts'
import { explain, withWaits } from './explain.ts'
import { es } from './words.es.ts'

test('each step and each failure has a sentence in every language, with nothing left to fill in', () => {
  const hop = { person: 'Rosa', attempt: 1, attempts: 3, ms: 20, bytes: 10, at: '10:00', figure: 7, seconds: 60 }
  const data = {
    ...hop,
    portal: 'acme.bitrix24.es',
    line: 'Ventas',
    number: 'Loja',
    said: 'no',
    until: '10:00',
    code: 'detached',
    status: 'sent',
    reason: 'Repetido',
  }
  for (const language of LANGUAGES) {
    for (const what of Object.keys(es))
      expect(explain({ what, code: null, data }, language).explanation).not.toMatch(/[{?]|undefined/)
    for (const code of Object.keys(FAILURES)) {
      const { explanation, nextStep } = explain({ what: 'refused_by_provider', code, data }, language)
      expect(explanation.length).toBeGreaterThan(30)
      expect(nextStep).toBeTruthy()
    }
  }
})

test('a step that this version does not know is still named', () => {
  expect(explain({ what: 'teleported', code: null, data: null }, 'es').explanation).toContain('teleported')
})

test("the provider's refusal says cause and next step in the reader's words", () => {
  const { explanation, nextStep } = explain({ what: 'refused_by_provider', code: 'window_closed', data: null }, 'es')
  expect(explanation).toMatch(/24/)
  expect(nextStep).toMatch(/plantilla/i)
})

test('a message that stood in line behind others says how long, and one that did not says nothing of it', () => {
  const hops = (at: string) => [
    { what: 'stored', at: '2026-11-22T10:00:00.000Z', data: null },
    { what: 'sent_to_provider', at, data: { attempt: 1 } },
  ]
  const said = (at: string) => withWaits(hops(at)).map((hop) => explain({ ...hop, code: null }, 'es').explanation)[1]
  expect(said('2026-11-22T10:00:31.000Z')).toMatch(/31 s después\. Esperaba/)
  expect(said('2026-11-22T10:00:01.000Z')).toBe('Se entregó al proveedor (intento 1).')
})
