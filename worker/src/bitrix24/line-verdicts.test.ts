import { expect, test } from 'vitest'
import * as verdicts from './line-verdicts.ts'

test('what the portal did not let us ask is its own answer, and what was not asked is neither good nor bad', () => {
  const denied = { ok: false, kind: 'denied', code: 'ACCESS_DENIED', text: 'No', againAt: null } as const
  expect(verdicts.checkOf('line', { called: denied, ms: 4 }, verdicts.lineOf)).toMatchObject({
    ...{ state: 'fail', code: 'ACCESS_DENIED', detail: 'No', ms: 4 },
  })
  expect(verdicts.checkOf('line', null, verdicts.lineOf)).toMatchObject({ state: 'skipped' })
})

test('a line that is gone, switched off, or that nobody answers on is told apart', () => {
  expect(verdicts.lineOf(false)).toMatchObject({ state: 'fail', code: 'line_deleted', canRepair: false })
  expect(verdicts.lineOf({ ID: '7', ACTIVE: 'N' })).toMatchObject({ code: 'line_off', canRepair: true })
  expect(verdicts.lineOf({ ID: '7', ACTIVE: 'Y' })).toMatchObject({ state: 'pass' })
  expect(verdicts.queueOf({ ID: '7', QUEUE: [] })).toMatchObject({ code: 'queue_empty', canRepair: false })
  // A list with gaps comes as a map.
  expect(verdicts.queueOf({ ID: '7', QUEUE: { 1: '31' } })).toMatchObject({ state: 'pass' })
})

test('without the rights of the connector nothing goes; without the CRM’s a part is missing', () => {
  const all = ['crm', 'im', 'imconnector', 'imopenlines', 'user_brief', 'department']
  expect(verdicts.scopesOf(all)).toMatchObject({ state: 'pass' })
  expect(verdicts.scopesOf(all.filter((one) => one !== 'imopenlines'))).toMatchObject({ state: 'fail', detail: 'imopenlines' })
  expect(verdicts.scopesOf(all.filter((one) => one !== 'crm'))).toMatchObject({ state: 'warn', detail: 'crm' })
})

test('hooks that go elsewhere can be mended; a provider that does not tell is judged by what came', () => {
  expect(verdicts.hookOf('elsewhere', null)).toMatchObject({ code: 'hook_elsewhere', canRepair: true })
  expect(verdicts.hookOf('unknown', '2026-11-22T00:00:00.000Z')).toMatchObject({ state: 'pass' })
  expect(verdicts.hookOf('unknown', null)).toMatchObject({ state: 'warn', code: 'hook_never' })
  expect(verdicts.hookOf(null, null)).toMatchObject({ state: 'pass' })
})

test('a paid term that is over stops everything; its grace is a warning', () => {
  const facts = { status: 'P', version: '1', installed: true, paymentExpired: true, days: 3, license: 'la_pro100' }
  expect(verdicts.applicationOf({ ...facts, paymentExpired: false })).toMatchObject({ state: 'pass' })
  expect(verdicts.applicationOf(facts)).toMatchObject({ state: 'warn', code: 'payment_grace' })
  expect(verdicts.applicationOf({ ...facts, days: -1 })).toMatchObject({ state: 'fail', code: 'PAYMENT_EXPIRED' })
  expect(verdicts.applicationOf(null)).toMatchObject({ state: 'warn' })
})

test('a line that does not look for its client in the CRM, or whose clients stand there twice, is said to be', () => {
  const line = { ID: '7', CRM: 'Y', CRM_CREATE: 'lead' }
  expect(verdicts.crmOf(false, [])).toMatchObject({ state: 'skipped' })
  expect(verdicts.crmOf({ ...line, CRM: 'N' }, [])).toMatchObject({ state: 'warn', code: 'crm_off' })
  expect(verdicts.crmOf(line, [{ phone: '51987000111', cards: { LEAD: [3], CONTACT: { 0: 9 } } }])).toMatchObject({
    state: 'pass',
  })
  expect(verdicts.crmOf(line, [{ phone: '51987000111', cards: { LEAD: [3, 4] } }])).toMatchObject({
    ...{ state: 'warn', code: 'crm_twice', detail: '+51987000111', canRepair: false },
  })
})

test('credit at the provider is told before anybody relies on it', () => {
  const wallet = { currency: 'USD', balance: 12.5, overdraft: 20 }
  expect(verdicts.walletOf(wallet, 5, 0.001)).toMatchObject({ state: 'pass', detail: '12.5 USD' })
  expect(verdicts.walletOf(wallet, 20, 0.001)).toMatchObject({ state: 'warn', code: 'credit_low' })
  expect(verdicts.walletOf({ ...wallet, balance: -20 }, 5, 0.001)).toMatchObject({ state: 'fail', code: 'credit_out' })
  expect(verdicts.walletOf({ ...wallet, balance: 0.0005, overdraft: 0 }, 5, 0.001)).toMatchObject({
    state: 'fail',
    code: 'credit_out',
  })
  expect(verdicts.walletOf({ ...wallet, balance: 0.001, overdraft: 0 }, 5, 0.001)).toMatchObject({ state: 'warn' })
  expect(verdicts.walletOf(null, 5, 0.001)).toMatchObject({ state: 'skipped' })
})
