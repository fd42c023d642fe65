/** Reading JSON and forms that somebody sent: a value of the wrong shape reads as absent, nothing throws. */
export type Fields = { readonly [name: string]: unknown }

/** The value as an object to read fields from; no fields when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text that is not empty. Numbers are taken as they are written. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A finite number, also when written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const number = value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The JSON in this text; undefined when it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A phone as providers write it in webhooks: digits with country code. */
export function digitsOf(value: unknown): string {
  return (textOf(value) ?? '').replace(/\D/g, '')
}
