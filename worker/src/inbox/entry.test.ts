import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChannelEvent } from '#contract/channel-event.ts'
import { entryOf, stored, writtenAt } from './entry.ts'

const RECEIVED = Date.parse('2026-11-21T12:00:05.250Z')
const origin = { accountId: 'a', channelId: 'c', channelKey: 'k', objectKey: 'p:593987654321' }
const entry = (event: ChannelEvent) => entryOf(event, origin, 'trace', RECEIVED, 'print')
const hola: ChannelEvent = {
  type: 'message',
  origin: 'customer',
  at: RECEIVED - 250,
  providerId: 'wamid.1',
  customer: { phone: '593987654321' },
  kind: 'text',
  text: 'Hola',
}

test('within the second of the provider, the order of arrival decides', () => {
  const second = RECEIVED - 250
  expect(writtenAt(second, RECEIVED, false)).toBe(RECEIVED)
  expect(writtenAt(second, RECEIVED + 10, false)).toBe(RECEIVED + 10)
  expect(writtenAt(second, RECEIVED + 60_000, false)).toBe(second + 999)
})

test('what is told late stands where it came first', () => {
  const told = (cameAt: number) => entry({ ...hola, at: RECEIVED - 5_250, cameAt })
  const [early, late] = [told(RECEIVED - 5_100), told(RECEIVED - 5_099)]
  expect([early.at, late.at]).toEqual(['2026-11-21T12:00:00.150Z', '2026-11-21T12:00:00.151Z'])
  // Those that came after the second was over stand on one instant: there their ids decide.
  const [one, two] = [told(RECEIVED - 1_000), told(RECEIVED - 999)]
  expect(one.at).toBe(two.at)
  expect(String(one['messageId']) < String(two['messageId'])).toBe(true)
})

test('a clock that counts milliseconds is believed as it is, also when it stands on a whole second', () => {
  expect(writtenAt(RECEIVED - 5_123, RECEIVED, false)).toBe(RECEIVED - 5_123)
  expect(writtenAt(RECEIVED - 5_250, RECEIVED, true)).toBe(RECEIVED - 5_250)
})

test('a clock that runs ahead, or says nothing, is not believed', () => {
  expect(writtenAt(RECEIVED + 60_001, RECEIVED, false)).toBe(RECEIVED)
  expect(writtenAt(0, RECEIVED, false)).toBe(RECEIVED)
  expect(writtenAt(Number.NaN, RECEIVED, false)).toBe(RECEIVED)
})

test('of two messages of one provider second, the one that came first stands first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (early, gap) => {
      const second = Math.floor(RECEIVED / 1000) * 1000
      expect(writtenAt(second, second + early + gap, false)).toBeGreaterThanOrEqual(writtenAt(second, second + early, false))
    }),
  )
})

test('a message keeps what the provider said of it and gets ids of its own', () => {
  const made = entry(hola)
  expect(made).toMatchObject({ op: 'in', origin: 'customer', providerId: 'wamid.1', kind: 'text', text: 'Hola', channelId: 'c' })
  expect(new Set([made['messageId'], made['contactId'], made['chatId']]).size).toBe(3)
  expect(made).not.toHaveProperty('media')
})

test('only known identities go on, whatever an event carries', () => {
  const strange = { phone: '593987654321', password: 'x', raw: { bsuid: 'y' } }
  expect(JSON.stringify(entry({ ...hola, customer: strange })['customer'])).toBe('{"phone":"593987654321"}')
})

test('the log line of a message says what happened, never what was written', () => {
  expect(JSON.stringify(entry({ ...hola, text: 'my secret' }).hops)).not.toContain('my secret')
})

test('a failure that leaves open whether the customer has it is a doubt', () => {
  const failed = (code: string) =>
    entry({ type: 'status', at: RECEIVED, providerId: 'x', status: 'failed', error: { code, providerCode: '1' } })
  expect(failed('recipient_not_on_whatsapp')['status']).toBe('failed')
  expect(failed('send_interrupted')['status']).toBe('unconfirmed')
})

test('what no parser knows is kept as news with its fingerprint', () => {
  const raw = { poll: true }
  expect(entry({ type: 'unknown', at: RECEIVED, field: 'polls', raw })).toMatchObject({
    op: 'news',
    level: 'warn',
    raw,
    fingerprint: 'print',
  })
})

test('the log knows which message an entry is about', () => {
  const made = entry(hola)
  expect(stored(made)).toEqual({ op: 'in', messageId: made['messageId'], text: JSON.stringify(made) })
  expect(stored(entry({ type: 'unknown', at: RECEIVED, field: 'f', raw: null })).messageId).toBeNull()
})
