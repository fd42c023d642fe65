import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPhpForm } from './php-form.rules.ts'

test('an operator’s message as it comes over the wire', () => {
  const body =
    'event=ONIMCONNECTORMESSAGEADD&event_handler_id=555&data%5BCONNECTOR%5D=wab24_k3&data%5BMESSAGES%5D%5B0%5D%5Bim%5D%5Bchat_id%5D=1767' +
    '&data%5BMESSAGES%5D%5B0%5D%5Bmessage%5D%5Btext%5D=%5Bb%5DLuis%3A%5B%2Fb%5D+Hola%3D1&auth%5Bmember_id%5D=da45'
  expect(readPhpForm(body)).toEqual({
    ...{ event: 'ONIMCONNECTORMESSAGEADD', event_handler_id: '555', auth: { member_id: 'da45' } },
    data: { CONNECTOR: 'wab24_k3', MESSAGES: [{ im: { chat_id: '1767' }, message: { text: '[b]Luis:[/b] Hola=1' } }] },
  })
})

test('lists with gaps keep their order, `[]` counts on, the last of a name wins', () => {
  expect(readPhpForm('a[7]=y&a[2]=x&b[]=1&b[]=2&c=1&c=2&d')).toEqual({ a: ['x', 'y'], b: ['1', '2'], c: '2', d: '' })
})

test('what would hurt is refused whole', () => {
  for (const bad of [
    '__proto__[x]=1',
    'a[constructor][prototype][x]=1',
    '%zz=1',
    `a${'[x]'.repeat(13)}=1`,
    'a=1&'.repeat(2_001),
  ]) {
    expect(readPhpForm(bad), bad.slice(0, 30)).toBeNull()
  }
  expect(Object.prototype).not.toHaveProperty('x')
})

test('it never throws', () => {
  const signs = fc.constantFrom('a', '[', ']', '=', '&', '%5B', '%', '1', '+')
  const texts = fc.oneof(
    fc.string(),
    fc.array(signs, { maxLength: 40 }).map((parts) => parts.join('')),
  )
  const reads = () => fc.assert(fc.property(texts, (text) => void readPhpForm(text)))
  expect(reads).not.toThrow()
})
