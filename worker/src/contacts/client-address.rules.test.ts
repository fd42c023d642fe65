import { expect, test } from 'vitest'
import { below, isHeaderName, mayAsk } from './client-address.rules.ts'

const own = 'https://desk.example'
const local = 'http://127.0.0.1:8788'

test.each(['https://api.empresa.com', 'https://crm.empresa.com.ec/v1/'])('%s may be asked', (address) => {
  expect(mayAsk(address, own, null)).toBe(true)
})

test.each([
  ...[
    'http://api.empresa.com',
    'https://10.0.0.5',
    'https://127.0.0.1',
    'https://[::1]',
    'https://localhost',
    'https://0x7f000001',
  ],
  ...[
    'https://2130706433',
    'https://192.168.1.4:8443',
    'https://db.internal',
    'https://nas.local',
    'https://api.empresa.com:8443',
  ],
  ...[
    'https://user:pass@api.empresa.com',
    'https://desk.example/api',
    'file:///etc/passwd',
    'https://api.empresa.com?x=1',
    'hola',
  ],
  ...['https://169.254.169.254/latest', 'https://metadata.google.internal', 'https://router'],
])('%s may not', (address) => {
  expect(mayAsk(address, own, null)).toBe(false)
})

test('the simulator may be asked where there is one, and nothing beside it', () => {
  expect(mayAsk(`${local}/clients-api`, own, local)).toBe(true)
  expect(mayAsk('http://127.0.0.1:5432', own, local)).toBe(false)
  expect(mayAsk(`${local}/clients-api`, own, null)).toBe(false)
})

test('a path stays below its base, whatever somebody writes as an id', () => {
  expect(below('https://a.ec/v1/', '/debtors', { phone: '+593 9' })).toBe('https://a.ec/v1/debtors?phone=%2B593+9')
  for (const path of ['//evil.ec/x', '/../admin', '/a/./b', '/\\evil.ec', 'debtors', '/a b'])
    expect(below('https://a.ec/v1', path), path).toBeNull()
})

test('a secret does not travel as a header that means something else', () => {
  for (const name of ['x-api-key', 'Api-Token', 'Authorization']) expect(isHeaderName(name), name).toBe(true)
  for (const name of ['Host', 'cookie', 'content-length', 'x y', 'x:y', '']) expect(isHeaderName(name), name).toBe(false)
})
