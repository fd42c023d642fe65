import { expect, test } from 'vitest'
import { languageFor, noticePage, type NoticePage } from './privacy-page.ts'

const notice: NoticePage = {
  company: 'Cobros <b>del</b> Sur',
  country: 'EC',
  timeZone: 'America/Guayaquil',
  version: 2,
  latest: 2,
  at: '2026-11-21T03:00:00.000Z',
  fields: { responsible: 'Cobros', taxNumber: '', address: 'Loja', email: 'datos@cobros.ec', officer: '', days: 15 },
  texts: {
    es: '# Quiénes somos\n{responsable}, en {domicilio}.\nRUC {ruc}\n\n<script>alert(1)</script>\n- uno\n- dos',
    en: 'Who',
  },
}

test('a notice is read as text: what looks like HTML stays text, and a line without its fact is left out', () => {
  const html = noticePage(notice, 'es')
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain('Cobros &lt;b&gt;del&lt;/b&gt; Sur')
  expect(html).toContain('<h2>Quiénes somos</h2>\n<p>Cobros, en Loja.</p>')
  expect(html).not.toContain('RUC')
  expect(html).toContain('<ul><li>uno</li><li>dos</li></ul>')
})

test('it says which version it is, by the day where the company is, and shows the way to the one before', () => {
  expect(noticePage(notice, 'es')).toContain('Versión 2, publicada el 20 de noviembre de 2026')
  expect(noticePage(notice, 'es')).toContain('href="?lang=es&amp;version=1"')
  expect(noticePage({ ...notice, version: 1 }, 'en')).toContain('see version 2')
})

test.each([
  ['en', 'es-EC', 'en'],
  [undefined, 'pt-BR,en;q=0.8', 'en'],
  [undefined, 'de', 'es'],
  ['pt', '', 'es'],
])('asked %s by a reader of «%s»: %s', (asked, accepted, expected) => {
  expect(languageFor(asked, accepted, (one) => one !== 'pt')).toBe(expected)
})
