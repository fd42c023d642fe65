import { expect, test } from 'vitest'
import { asList, asMap, isYes, meaningOf } from './answers.ts'

const kindOf = (status: number, json: unknown) => meaningOf(status, json).problem?.kind ?? null

test('each refusal of a portal says what is to be done', () => {
  const said: [number, string, string][] = [
    [401, 'expired_token', 'token'],
    [401, 'NO_AUTH_FOUND', 'token'],
    [403, 'insufficient_scope', 'denied'],
    [403, 'user_access_error', 'denied'],
    [401, 'METHOD_CONFIRM_WAITING', 'consent'],
    [403, 'METHOD_CONFIRM_DENIED', 'denied'],
    [503, 'QUERY_LIMIT_EXCEEDED', 'pace'],
    [503, 'OVERLOAD_LIMIT', 'overload'],
    [429, 'OPERATION_TIME_LIMIT', 'method_limit'],
    [400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'bug'],
    [404, 'ERROR_METHOD_NOT_FOUND', 'missing'],
    [500, 'INTERNAL_SERVER_ERROR', 'retry'],
    [500, 'PORTAL_DELETED', 'gone'],
    [402, 'PAYMENT_REQUIRED', 'unpaid'],
  ]
  for (const [status, error, kind] of said) expect(kindOf(status, { error, error_description: 'x' }), error).toBe(kind)
})

test('without a code, or with a sentence for one, the status decides', () => {
  expect(kindOf(401, { error: '', error_description: 'Unauthorized' })).toBe('token')
  expect(kindOf(400, { error: 'Communication type is not defined' })).toBe('bug')
  expect(kindOf(503, '<h1>busy</h1>')).toBe('pace')
  expect(kindOf(502, undefined)).toBe('retry')
  expect(kindOf(200, undefined)).toBe('retry')
})

test('a plan that lets no application in is no missing right', () => {
  const free = { error: 'ACCESS_DENIED', error_description: 'REST API is available only on commercial plans.' }
  expect(meaningOf(403, free).problem).toMatchObject({ kind: 'unpaid', code: 'plan_without_rest' })
  expect(kindOf(403, { error: 'ACCESS_DENIED', error_description: 'Access denied!' })).toBe('denied')
})

test('an answer of 200 may be a refusal, at its top or inside', () => {
  expect(meaningOf(200, { result: true }).problem).toBeNull()
  expect(meaningOf(200, { result: [] }).problem).toBeNull()
  expect(meaningOf(200, { result: { result: false, error: 'ICON_REQUIRED', error_description: 'No icon' } }).problem).toEqual({
    ...{ kind: 'denied', code: 'ICON_REQUIRED', text: 'No icon' },
  })
  expect(kindOf(200, { error: 'QUERY_LIMIT_EXCEEDED' })).toBe('pace')
})

test('how long a method has worked is read, whatever PHP made of the numbers', () => {
  const time = { operating: '12.5', operating_reset_at: '1772700000' }
  expect(meaningOf(200, { result: 1, time })).toMatchObject({ operating: 12.5, operatingResetAt: 1_772_700_000_000 })
  expect(meaningOf(200, { result: 1, time: [] })).toMatchObject({ operating: 0, operatingResetAt: null, problem: null })
})

test('PHP’s empty maps, lists with gaps and ways of saying yes', () => {
  expect(asMap([])).toEqual({})
  expect(asList({ 0: 'a', 3: 'b' })).toEqual(['a', 'b'])
  expect([true, 'Y', '1', 1, 'true'].every(isYes)).toBe(true)
  expect([false, 'N', '0', '', null, undefined].some(isYes)).toBe(false)
})
