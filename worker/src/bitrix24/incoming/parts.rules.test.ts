import { expect, test } from 'vitest'
import { fileAddress, publicFileAddress } from './files.rules.ts'
import { idFor } from './ids.ts'
import { partsOf, type PortalFile } from './parts.rules.ts'

const file = (kind: PortalFile['kind'], more: Partial<PortalFile> = {}): PortalFile => ({
  ...{ id: kind, name: null, mime: '', kind, r2Key: 'm/1', size: 1, sha256: null, details: null },
  ...more,
})
const shown = (text: string, files: PortalFile[]) =>
  partsOf(text, files).map(({ part, kind, text: words }) => [part, kind, words])

test('words go with the first file that can carry them, and by themselves where none can', () => {
  expect(shown('Hola', [])).toEqual([[0, 'text', 'Hola']])
  expect(shown('Hola', [file('image'), file('document')])).toEqual([
    [1, 'image', 'Hola'],
    [2, 'document', undefined],
  ])
  expect(shown('Hola', [file('voice')])).toEqual([
    [0, 'text', 'Hola'],
    [1, 'voice', undefined],
  ])
  expect(shown('Hola', [file('image', { reason: 'media_gone' })])).toEqual([
    [0, 'text', 'Hola'],
    [1, 'image', undefined],
  ])
  expect(shown('x'.repeat(1_025), [file('image')])[0]?.[0]).toBe(0)
  expect(shown('', [])).toEqual([])
})

const hosts = { oauth: 'https://oauth.bitrix.info', own: 'https://app.example.com', isLocal: false }

test('a file is fetched from its portal, or where Bitrix24’s cloud keeps files, and nowhere else', () => {
  const at = (link: string, domain = 'acme.bitrix24.es', from: string | null = null) => fileAddress(link, from, domain, hosts)
  expect(at('https://acme.bitrix24.es/~Ab12C#img.jpg')).toBe('https://acme.bitrix24.es/~Ab12C')
  expect(at('/pub/im.file.php?FILE_ID=1', 'acme.bitrix24.es', 'https://acme.bitrix24.es/~a')).toBe(
    'https://acme.bitrix24.es/pub/im.file.php?FILE_ID=1',
  )
  expect(at('https://cdn-us.bitrix24.com/x')).toBe('https://cdn-us.bitrix24.com/x')
  for (const link of [
    'https://169.254.169.254/',
    'http://acme.bitrix24.es/x',
    'https://acme.bitrix24.es:444/x',
    'https://evil.example/x',
    'https://bitrix24.com.evil.example/',
    'file:///etc/passwd',
    'https://u:p@acme.bitrix24.es/',
  ])
    expect(at(link)).toBeNull()
  // A company's own server has its files at home.
  expect(at('https://cdn-us.bitrix24.com/x', 'portal.acme.com')).toBeNull()
})

test('the same message of a portal has the same id; later ones come after it', async () => {
  const ids = await Promise.all([
    idFor('p', 'message', '86497', 0),
    idFor('p', 'message', '86497', 0),
    idFor('p', 'message', '86498', 0),
    idFor('q', 'message', '86497', 0),
  ])
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(ids[1]).toBe(ids[0])
  expect(ids[3]).not.toBe(ids[0])
  expect(ids[0] ?? '' < (ids[2] ?? '')).toBeTruthy()
})

test('a robot’s link leads to a public place by https and nowhere else, behind redirects too', () => {
  const at = (link: string, from: string | null = null) => publicFileAddress(link, from, hosts)
  expect(at('https://cdn.example.com/f/factura.pdf?sig=1#page')).toBe('https://cdn.example.com/f/factura.pdf?sig=1')
  expect(at('/otra.pdf', 'https://cdn.example.com/f/factura.pdf')).toBe('https://cdn.example.com/otra.pdf')
  for (const link of [
    ...[
      'http://cdn.example.com/a.pdf',
      'https://cdn.example.com:8443/a.pdf',
      'https://u:p@cdn.example.com/a.pdf',
      'factura.pdf',
      '',
    ],
    ...[
      'https://169.254.169.254/latest',
      'https://localhost/a',
      'https://db.internal/a',
      'https://[::1]/a',
      'file:///etc/passwd',
    ],
    `${hosts.own}/files/a.pdf`,
  ])
    expect(at(link), link).toBeNull()
  expect(at('http://10.0.0.1/', 'https://cdn.example.com/f')).toBeNull()
})
