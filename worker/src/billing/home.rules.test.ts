import { expect, test } from 'vitest'
import { otherNameOf } from './home.rules.ts'

const LOCAL = { appUrl: 'http://127.0.0.1:8787', production: false }

test('who opened the app as localhost is sent back to localhost, where they are signed in', () => {
  expect(otherNameOf('http://localhost:8787/api/subscriptions', LOCAL)).toBe('http://localhost:8787')
  expect(otherNameOf('http://127.0.0.1:8787/api/subscriptions', LOCAL)).toBeNull()
})

test('nobody is sent to a stranger: another port, another machine, or any other name in production', () => {
  for (const address of [
    'http://localhost:9999/',
    'http://evil.example:8787/',
    'https://localhost:8787/',
    'http://10.0.0.7:8787/',
  ])
    expect(otherNameOf(address, LOCAL), address).toBeNull()
  expect(otherNameOf('http://localhost:8787/', { ...LOCAL, production: true })).toBeNull()
  expect(otherNameOf('https://other.example/', { appUrl: 'https://desk.example', production: true })).toBeNull()
})
