/** The exam that every channel adapter sits: whatever its provider, it keeps what the port promises. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChannelEvent, Identities } from '#contract/channel-event.ts'
import { customerOf } from '#contract/channel-event.ts'
import { CAPABILITIES } from '#contract/channels.ts'
import { isFailureCode } from '#contract/failures.ts'
import { KINDS } from '#contract/extra.ts'
import type { ChannelAdapter, HookEvent, Line, Outgoing, Rejection } from './channel.ts'
import { aFile, fakeWire, fetchFailed } from './fake-wire.ts'
import { spoiledBody } from './fuzz.ts'

/** Saved payloads by file and name; those in `unknown` hold what we do not understand yet. */
export type Samples = Record<string, Record<string, unknown>>

const NOW = Date.UTC(2026, 10, 21, 12)
const FUZZ_RUNS = 10_000

export function describeChannel(adapter: ChannelAdapter, line: Line, samples: Samples): void {
  const all = Object.entries(samples).flatMap(([file, bodies]) =>
    Object.entries(bodies).map(([name, body]) => ({ file, name, body })),
  )
  describe(`${adapter.kind} keeps the promises of the port`, () => {
    describeParsing(adapter, all)
    describeHostility(
      adapter,
      all.map(({ body }) => body),
    )
    describeSending(adapter, line)
  })
}

type Sample = { file: string; name: string; body: unknown }

function describeParsing(adapter: ChannelAdapter, all: Sample[]): void {
  test.each(all)('$file / $name is read', ({ file, name, body }) => {
    const events = eventsOf(adapter.parse(bytesOf(body), NOW))
    expect(events.length).toBeGreaterThan(0)
    for (const { event } of events) expectSound(event)
    const isUnknown = events.map(({ event }) => event.type === 'unknown')
    if (file === 'unknown') expect(isUnknown).not.toContain(false)
    else if (!name.includes('bad-item')) expect(isUnknown).not.toContain(true)
  })

  test('the same bytes give the same events', () => {
    for (const { body } of all) expect(adapter.parse(bytesOf(body), NOW)).toEqual(adapter.parse(bytesOf(body), NOW))
  })

  test('keys that nobody knows yet change nothing', () => {
    for (const { body } of all) {
      const [known, extended] = [body, withNews(body)].map((it) => eventsOf(adapter.parse(bytesOf(it), NOW)).map(withoutRaw))
      expect(extended).toEqual(known)
    }
  })

  test('what is no JSON is rejected', () => {
    for (const text of ['', '{', 'hola', '{"entry":[', '\u0000'])
      expect(adapter.parse(new TextEncoder().encode(text), NOW)).toBe('not_json')
  })
}

function describeHostility(adapter: ChannelAdapter, bodies: unknown[]): void {
  test(`${FUZZ_RUNS} spoiled bodies: nothing is thrown and every event is sound`, { timeout: 120_000 }, () => {
    let events = 0
    const check = fc.property(spoiledBody(bodies), (raw) => {
      const parsed = adapter.parse(raw, NOW)
      if (typeof parsed === 'string') {
        expect(parsed).toBe('not_json')
        return
      }
      expect(parsed.length).toBeLessThanOrEqual(1001)
      for (const { event } of parsed) expectSound(event)
      events += parsed.length
    })
    fc.assert(check, { numRuns: FUZZ_RUNS })
    expect(events).toBeGreaterThan(FUZZ_RUNS / 4)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('a body nested a million levels deep is only one more body', () => {
    for (const open of ['[', '{"entry":', '{"payload":', '{"entry":[{"changes":[{"field":"x","value":']) {
      const parsed = adapter.parse(new TextEncoder().encode(open.repeat(1_000_000 / open.length)), NOW)
      expect(parsed === 'not_json' || Array.isArray(parsed)).toBe(true)
    }
    const closed = new TextEncoder().encode(
      '{"entry":[{"changes":[{"field":"x","value":' + '['.repeat(200_000) + ']'.repeat(200_000) + '}]}]}',
    )
    for (const { event } of eventsOf(adapter.parse(closed, NOW))) expectSound(event)
  })

  test('a body of more than 4 MB is not read', () => {
    expect(adapter.parse(new TextEncoder().encode(JSON.stringify({ type: 'x'.repeat(4_200_000) })), NOW)).toBe('not_json')
  })
}

function describeSending(adapter: ChannelAdapter, line: Line): void {
  const fates: [what: string, code: string | undefined, outcome: string][] = [
    ['a connection that was refused', 'ECONNREFUSED', 'try_later'],
    ['a name that does not resolve', 'ENOTFOUND', 'try_later'],
    ['a connection that broke', 'UND_ERR_SOCKET', 'unknown'],
    ['a connection lost nobody knows when', undefined, 'unknown'],
  ]
  test.each(fates)('%s: %s → %s', async (_what, code, outcome) => {
    const { wire } = fakeWire(() => Promise.reject(fetchFailed(code)))
    expect(await adapter.send(aText(), line, wire)).toMatchObject({ outcome, error: { code: expect.any(String) } })
  })

  test('an answer that does not come in time is unknown, also from a fetch that heeds no signal', async () => {
    const { wire } = fakeWire(() => new Promise(() => {}), 20)
    expect(await adapter.send(aText(), line, wire)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'answer_lost', detail: 'timeout' },
    })
  })

  test.each([500, 502, 503, 504])('a %i without the provider in its words is unknown', async (status) => {
    const { wire } = fakeWire(() => new Response('<html>Bad gateway</html>', { status }))
    expect(await adapter.send(aText(), line, wire)).toMatchObject({ outcome: 'unknown' })
  })

  test.each([200, 202])('a %i without a message id is unknown', async (status) => {
    for (const body of [
      '',
      '{}',
      'null',
      '[]',
      '{"messages":[]}',
      '{"status":"submitted"}',
      '{"messageId":""}',
      '{"messages":[{"id"',
    ]) {
      const { wire } = fakeWire(() => new Response(body, { status }))
      expect(await adapter.send(aText(), line, wire)).toMatchObject({ outcome: 'unknown' })
    }
  })

  test('whatever the provider answers, sending gives an outcome with a reason that we can explain', async () => {
    const status = fc.integer({ min: 200, max: 599 }).filter((it) => it !== 204 && it !== 205 && it !== 304)
    const code = fc.oneof(fc.integer({ min: -5, max: 140_000 }), fc.string(), fc.constant(null))
    const error = fc.record({
      error: fc.record({ code, message: fc.string(), is_transient: fc.boolean() }),
      message: fc.string(),
    })
    const body = fc.oneof(
      fc.json({ maxDepth: 3 }),
      error.map((it) => JSON.stringify(it)),
    )
    const check = fc.asyncProperty(status, body, async (given, text) => {
      const { wire } = fakeWire(() => new Response(text, { status: given }))
      const outcome = await adapter.send(aText(), line, wire)
      if (outcome.outcome === 'accepted') return
      expect(isFailureCode(outcome.error.code)).toBe(true)
      expect(outcome.error.providerCode).not.toBe('')
    })
    await fc.assert(check, { numRuns: 1000 })
  })

  test('a file that our own store does not give is tried later, and nothing leaves', async () => {
    const file = {
      ...aFile('image/jpeg'),
      bytes: () => Promise.reject(new Error('R2')),
      link: () => Promise.reject(new Error('R2')),
    }
    const { wire, asked } = fakeWire(() => new Response('{}'))
    const outcome = await adapter.send({ ...aText(), kind: 'image', file }, line, wire)
    expect(outcome).toMatchObject({ outcome: 'try_later', error: { code: 'media_not_ready' } })
    expect(asked).toEqual([])
  })

  test('a message to nobody is refused, and nothing leaves', async () => {
    const { wire, asked } = fakeWire(() => new Response('{}'))
    expect(await adapter.send({ ...aText(), to: { lid: '1' } }, line, wire)).toMatchObject({
      outcome: 'refused',
      error: { code: 'recipient_missing' },
    })
    expect(await adapter.react('m1', '👍', {}, line, wire)).toMatchObject({ outcome: 'refused' })
    expect(asked).toEqual([])
  })

  test('text beside an audio is refused instead of being lost', async () => {
    const { wire, asked } = fakeWire(() => new Response('{}'))
    const outcome = await adapter.send({ ...aText(), kind: 'voice', file: aFile('audio/ogg') }, line, wire)
    expect(outcome).toMatchObject({ outcome: 'refused', error: { code: 'caption_not_supported' } })
    expect(asked).toEqual([])
  })

  test('it claims only capabilities that exist, each once', () => {
    expect(new Set(adapter.capabilities).size).toBe(adapter.capabilities.length)
    for (const capability of adapter.capabilities) expect(CAPABILITIES).toContain(capability)
  })
}

function aText(): Outgoing {
  return { messageId: '019aa5d0-7c00-7000-8000-00000000a123', to: { phone: '51987654321' }, kind: 'text', text: 'Hola' }
}

function bytesOf(body: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}

function eventsOf(parsed: HookEvent[] | Rejection): HookEvent[] {
  if (typeof parsed === 'string') throw new Error(`rejected: ${parsed}`)
  return parsed
}

/** Adds a key of the future to every object. */
function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, withNews(inner)])
  return { ...Object.fromEntries(entries), news_of_2031: { id: 'x', type: 'y' } }
}

function withoutRaw({ line, event }: HookEvent): object {
  return { line, ...event, ...('raw' in event && { raw: 'left out' }) }
}

/** What the rest of the product relies on in every event, whoever sent the bytes. */
function expectSound(event: ChannelEvent): void {
  if (!Number.isInteger(event.at) || event.at < Date.UTC(2009, 0) || event.at > NOW + 600_000)
    throw new Error(`time: ${event.at}`)
  const customer = customerOf(event)
  if (customer) expectSomebody(customer)
  if (event.type === 'message' || event.type === 'reaction') expectSomebody(event.customer)
  if (event.type === 'identity') expectSomebody(event.after)
  if ('providerId' in event && (event.providerId === '' || event.providerId.length > 300)) throw new Error('providerId')
  if (event.type === 'message' && !KINDS.includes(event.kind)) throw new Error(`kind: ${event.kind}`)
  if (event.type === 'message' && event.media && !event.media.id && !event.media.url) throw new Error('media from nowhere')
  if ('error' in event && event.error && !isFailureCode(event.error.code)) throw new Error(`code: ${event.error.code}`)
  if (event.type === 'status' && (event.status === 'failed') !== (event.error !== undefined))
    throw new Error('a failure has its error')
  if (event.type === 'unknown' && event.field === 'defect') throw new Error(`our own defect: ${JSON.stringify(event.raw)}`)
  expectStorable(event)
}

function expectSomebody({ phone, bsuid, lid }: Identities): void {
  if (!phone && !bsuid && !lid) throw new Error('nobody')
  if (phone !== undefined && !/^\d{5,20}$/.test(phone)) throw new Error(`phone: ${phone}`)
}

const DEPTH_MAX = 36
const SIZE_MAX = 600_000

/** PostgreSQL takes no NUL and no half surrogate, and our frames have limits. */
function expectStorable(value: unknown, depth = 0): number {
  if (depth > DEPTH_MAX) throw new Error('too deep')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('not finite')
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) throw new Error('not storable')
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value.length : 8
  if (Object.hasOwn(value, '__proto__') || Object.hasOwn(value, 'constructor')) throw new Error('a forbidden key')
  const size = Object.entries(value).reduce((sum, [key, inner]) => sum + key.length + expectStorable(inner, depth + 1), 0)
  if (size > SIZE_MAX) throw new Error('too large')
  return size
}
