/** Spoiling real webhook bodies for tests: types swapped, keys gone, numbers huge, nesting deep, bytes cut and flipped. */
import * as fc from 'fast-check'

function deep(levels: number): string {
  return '{"a":['.repeat(levels) + '1' + ']}'.repeat(levels)
}

/** JSON texts that take the place of a value. */
const JUNK = [
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '1e999',
  '9007199254740993',
  '""',
  '"x"',
  '"99999999999999999999"',
  '"\\u0000\\u202e\\ud800\\u0007"',
  '"PE.1A2b3C"',
  '{}',
  '[]',
  '[null,[],{},"x",7]',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"id":{"id":"x"},"type":["text"],"from":{}}',
  deep(40),
  `"${'ñ'.repeat(5000)}"`,
  `[${'null,'.repeat(1500)}null]`,
]

type Slot = { holder: Record<string, unknown> | unknown[]; key: string }

function slotsIn(value: unknown, slots: Slot[] = []): Slot[] {
  if (typeof value !== 'object' || value === null) return slots
  for (const [key, inner] of Object.entries(value)) {
    slots.push({ holder: value as Slot['holder'], key })
    slotsIn(inner, slots)
  }
  return slots
}

type Mutation = { at: number; what: 'replace' | 'remove' | 'repeat' | 'swap'; junk: string; other: number }

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'swap'),
  junk: fc.constantFrom(...JUNK),
  other: fc.nat(),
})

/** Marks where a raw JSON text goes: `JSON.stringify` could not write 1e999. */
const MARK = '@@junk:'

function spoil(sample: unknown, mutations: Mutation[]): string {
  const body: unknown = structuredClone(sample)
  for (const { at, what, junk, other } of mutations) {
    const slots = slotsIn(body)
    const slot = slots[at % Math.max(slots.length, 1)]
    if (slot) apply(slot, slots, what, junk, other)
  }
  return JSON.stringify(body).replace(/"@@junk:(\d+)"/g, (_all, index: string) => JUNK[Number(index)] ?? 'null')
}

function apply({ holder, key }: Slot, slots: Slot[], what: Mutation['what'], junk: string, other: number): void {
  const record = holder as Record<string, unknown>
  const donor = slots[other % slots.length]
  if (what === 'remove') delete record[key]
  else if (what === 'repeat' && Array.isArray(holder)) holder.push(...holder.slice(0, 20))
  else if (what === 'swap' && donor) record[key] = structuredClone((donor.holder as Record<string, unknown>)[donor.key])
  else record[key] = MARK + JUNK.indexOf(junk)
}

/** Bodies like those which a provider, a broken proxy or an attacker could post. */
export function spoiledBody(samples: readonly unknown[]): fc.Arbitrary<Uint8Array> {
  const encoder = new TextEncoder()
  const real = fc.constantFrom(...samples)
  const spoiled = fc
    .tuple(real, fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([sample, list]) => encoder.encode(spoil(sample, list)))
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
  const damaged = fc.tuple(spoiled, damage).map(([bytes, flips]) => flipped(bytes, flips))
  const cut = fc.tuple(spoiled, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1)))
  const anyJson = fc.json({ maxDepth: 6 }).map((text) => encoder.encode(text))
  return fc.oneof(
    { weight: 14, arbitrary: spoiled },
    { weight: 3, arbitrary: damaged },
    { weight: 2, arbitrary: cut },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  )
}

function flipped(bytes: Uint8Array, flips: [number, number][]): Uint8Array {
  const copy = bytes.slice()
  for (const [at, byte] of flips) if (copy.length > 0) copy[at % copy.length] = byte
  return copy
}
