import { expect, test } from 'vitest'
import { pushOrigin } from './endpoint.rules.ts'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://web.push.apple.com/QOXx',
  'https://updates.push.services.mozilla.com/wpush/v2/x',
  'https://wns2-by3p.notify.windows.com/w/?token=x',
])('%s is a push service', (endpoint) => {
  expect(pushOrigin(endpoint, true)).toBe(new URL(endpoint).origin)
})

test.each([
  'http://fcm.googleapis.com/x',
  'https://fcm.googleapis.com:8443/x',
  'https://fcm.googleapis.com.evil.example/x',
  'https://evil-push.apple.com.example/x',
  'https://notpush.apple.comx/x',
  'https://push.apple.com/x',
  'https://user:pass@fcm.googleapis.com/x',
  'https://10.0.0.1/x',
  'https://[::1]/x',
  'http://127.0.0.1:8788/push/x',
  'http://localhost/x',
  'file:///etc/passwd',
  'not an address',
  `https://fcm.googleapis.com/${'x'.repeat(2_048)}`,
])('%s is none in production', (endpoint) => {
  expect(pushOrigin(endpoint, true)).toBeNull()
})

test('the simulated push service is one outside production, and other machines nearby are not', () => {
  expect(pushOrigin('http://127.0.0.1:8788/push/x', false)).toBe('http://127.0.0.1:8788')
  expect(pushOrigin('http://192.168.1.1/x', false)).toBeNull()
  expect(pushOrigin('http://2130706433/x', false)).toBe('http://127.0.0.1')
})
