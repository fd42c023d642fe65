import { expect, test } from 'vitest'
import { mayPost, mayReach } from './public-address.ts'

const own = 'https://desk.example'
const local = 'http://127.0.0.1:8788'

test.each(['https://api.empresa.com', 'https://crm.empresa.com.ec/v1/'])('%s may be asked', (address) => {
  expect(mayReach(address, { own, local: null })).toBe(true)
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
  expect(mayReach(address, { own, local: null })).toBe(false)
})

test('the simulator may be asked where there is one, and nothing beside it', () => {
  expect(mayReach(`${local}/clients-api`, { own, local })).toBe(true)
  expect(mayReach('http://127.0.0.1:5432', { own, local })).toBe(false)
  expect(mayReach(`${local}/clients-api`, { own, local: null })).toBe(false)
})

test('a hook may be told apart by its query, and leads nowhere else for it', () => {
  const hook = 'https://prod-1.westus.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sp=%2F&sig=abc'
  expect([mayReach(hook, { own, local: null }), mayPost(hook, { own, local: null })]).toEqual([false, true])
  for (const address of ['https://10.0.0.5/?x=1', 'http://a.ec/?x=1', 'https://user:p@a.ec/?x', 'https://desk.example/?x', '?x'])
    expect(mayPost(address, { own, local: null }), address).toBe(false)
})
