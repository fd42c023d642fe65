import { expect, test } from 'vitest'
import { oauthVerdict } from './verdicts.ts'

test('dead tokens, a lost application and an unpaid one are different things, and silence is none of them', () => {
  const verdict = (status: number, json: unknown) => oauthVerdict(status, json)?.verdict ?? null
  expect(verdict(200, { access_token: 'a', refresh_token: 'r' })).toBeNull()
  expect(verdict(400, { error: 'invalid_grant' })).toBe('dead')
  expect(verdict(401, { error: 'invalid_client' })).toBe('disconnected')
  expect(verdict(400, { error: 'wrong_client' })).toBe('disconnected')
  expect(verdict(400, { error: 'Portal was not found' })).toBe('disconnected')
  expect(verdict(402, { error: 'PAYMENT_REQUIRED' })).toBe('unpaid')
  expect(verdict(400, { error: 'invalid_scope' })).toBe('scope')
  expect(verdict(400, { error: 'invalid_request' })).toBe('bug')
  expect(verdict(502, undefined)).toBe('later')
  expect(verdict(429, undefined)).toBe('later')
})
