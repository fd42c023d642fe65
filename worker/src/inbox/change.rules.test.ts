import { expect, test } from 'vitest'
import { EDIT_MS, REVOKE_MS } from '#contract/change-limits.ts'
import { changeRefusal, isChangeableSoon, type Changed } from './change.rules.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const sent = (more: Partial<Changed> & { ago?: number } = {}): Changed => ({
  ...{ direction: 'out', kind: 'text', status: 'delivered', isDeleted: false, isOurs: true },
  at: new Date(NOW - (more.ago ?? 60_000)).toISOString(),
  ...more,
})

test('our words change for a quarter of an hour, and go away for two days', () => {
  expect(changeRefusal('edit', sent(), NOW)).toBeNull()
  expect(changeRefusal('edit', sent({ ago: EDIT_MS + 1 }), NOW)).toBe('change_too_late')
  expect(changeRefusal('revoke', sent({ ago: EDIT_MS + 1 }), NOW)).toBeNull()
  expect(changeRefusal('revoke', sent({ ago: REVOKE_MS + 1 }), NOW)).toBe('change_too_late')
})

test('what is not ours, not there any more, or has not left is not changed', () => {
  for (const one of [{ direction: 'in' }, { direction: 'note' }, { isOurs: false }, { isDeleted: true }])
    expect(changeRefusal('revoke', sent(one), NOW)).toBe('not_changeable')
  for (const status of ['queued', 'sending', 'failed', 'unconfirmed', 'discarded', null])
    expect(changeRefusal('edit', sent({ status }), NOW)).toBe('not_changeable')
})

test('a picture is taken back and never edited', () => {
  expect(changeRefusal('edit', sent({ kind: 'image' }), NOW)).toBe('not_changeable')
  expect(changeRefusal('revoke', sent({ kind: 'image' }), NOW)).toBeNull()
})

test('what is just leaving may be changed soon, if nothing else keeps it', () => {
  expect(isChangeableSoon('edit', sent({ status: 'sending' }), NOW)).toBe(true)
  for (const status of ['queued', 'sent', 'failed', null]) expect(isChangeableSoon('edit', sent({ status }), NOW)).toBe(false)
  expect(isChangeableSoon('edit', sent({ status: 'sending', kind: 'image' }), NOW)).toBe(false)
  expect(isChangeableSoon('revoke', sent({ status: 'sending', ago: REVOKE_MS + 1 }), NOW)).toBe(false)
})
