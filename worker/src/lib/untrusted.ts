/**
 * Reading JSON that strangers sent. Every reader is total: a value of the wrong shape reads as absent, nothing throws.
 * Only known fields are read, so a key like `__proto__` is never copied anywhere. Bounds: reference/platform.md §7.
 */
import { cleanName, cleanText } from './clean-text.ts'

export const MAX_BYTES = 4 * 1024 * 1024
export const MAX_ITEMS = 1000
export const MAX_TEXT = 64 * 1024
const MAX_DEPTH = 32
const MAX_NODES = 2000
const MAX_ID = 256
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

export type Fields = { readonly [name: string]: unknown }

/** The JSON value in these bytes; undefined when they are none (or more than 4 MB). A JSON `null` reads as null. */
export function readJson(raw: Uint8Array): unknown {
  if (raw.byteLength > MAX_BYTES) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(raw))
  } catch {
    return undefined
  }
}

/** The value as an object to read fields from; no fields when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as a list of at most `max` items; empty when it is anything else. */
export function listOf(value: unknown, max = MAX_ITEMS): readonly unknown[] {
  if (!Array.isArray(value)) return []
  return value.length > max ? value.slice(0, max) : value
}

/** Words as they were written, at most 64 Ki units; undefined when absent or not text. */
export function textOf(value: unknown, max = MAX_TEXT): string | undefined {
  return typeof value === 'string' ? cleanText(value, max) : undefined
}

/** A one-line name; undefined when absent or empty after cleaning. */
export function nameOf(value: unknown, max = 256): string | undefined {
  return typeof value === 'string' ? cleanName(value, max) || undefined : undefined
}

/** An id or code, which some senders write as a number. Undefined when empty, longer than 256 or not plain. */
export function idOf(value: unknown, max = MAX_ID): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined
  if (typeof value !== 'string' || value === '' || value.length > max) return undefined
  return cleanName(value, max) === value ? value : undefined
}

/** A finite number, also when written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^-?\d{1,20}(\.\d{1,20})?$/.test(value.trim())) return undefined
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

const EARLIEST = Date.UTC(2009, 0, 1)
const CLOCK_SKEW_MS = 10 * 60_000
/** Below this a number counts seconds (until the year 5138), above it milliseconds (since 1973). */
const SECONDS_BELOW = 1e11

/** Does this instant count milliseconds? Told by its size, as `instantOf` tells it. */
export function isExact(value: unknown): boolean {
  return (numberOf(value) ?? 0) >= SECONDS_BELOW
}

/**
 * An instant in milliseconds from seconds or milliseconds, told apart by size. What is absent, before WhatsApp existed
 * or in the future reads as `now`: a wrong clock must not pin a message to the end of its chat.
 */
export function instantOf(value: unknown, now: number): number {
  const number = numberOf(value)
  if (number === undefined) return now
  const at = Math.round(number < SECONDS_BELOW ? number * 1000 : number)
  return at >= EARLIEST && at <= now + CLOCK_SKEW_MS ? at : now
}

/**
 * A copy of what we do not understand, small enough to keep: at most 32 levels, 2,000 values and 64 Ki characters.
 * What was left out reads `[cut]`.
 */
export function keep(value: unknown): unknown {
  const budget = { nodes: MAX_NODES, chars: MAX_TEXT }
  return copy(value, 0, budget)
}

function copy(value: unknown, depth: number, budget: { nodes: number; chars: number }): unknown {
  if (typeof value === 'string') return copyText(value, budget)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value ?? null
  if (depth >= MAX_DEPTH) return '[cut]'
  return Array.isArray(value) ? copyList(value, depth, budget) : copyFields(value, depth, budget)
}

function copyText(text: string, budget: { chars: number }): string {
  const kept = cleanText(text, Math.max(budget.chars, 0))
  budget.chars -= kept.length
  return kept.length < text.length && budget.chars <= 0 ? `${kept}[cut]` : kept
}

function copyList(list: readonly unknown[], depth: number, budget: { nodes: number; chars: number }): unknown[] {
  const kept: unknown[] = []
  for (const item of list) {
    if (budget.nodes-- <= 0) return [...kept, '[cut]']
    kept.push(copy(item, depth + 1, budget))
  }
  return kept
}

function copyFields(fields: object, depth: number, budget: { nodes: number; chars: number }): Fields {
  const kept: [string, unknown][] = []
  for (const [name, value] of Object.entries(fields)) {
    if (FORBIDDEN_KEYS.has(name)) continue
    if (budget.nodes-- <= 0) {
      kept.push(['[cut]', true])
      break
    }
    kept.push([copyText(name, budget), copy(value, depth + 1, budget)])
  }
  return Object.fromEntries(kept)
}
