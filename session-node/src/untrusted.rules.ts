/** Reading what WhatsApp and customers sent: a value of the wrong shape reads as absent, nothing throws. */
export type Fields = { readonly [name: string]: unknown }

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text, cut to a length; undefined when it is empty or none. */
export function textOf(value: unknown, max = 65_536): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, max) : undefined
}

/** A finite number; the library gives large ones as objects which print themselves. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value)) return Number(value)
  const { low, high } = fieldsOf(value)
  return typeof low === 'number' && typeof high === 'number' ? high * 2 ** 32 + (low >>> 0) : undefined
}

/** Bytes as base64; text is taken to be base64 already. */
export function base64Of(value: unknown): string | undefined {
  if (typeof value === 'string') return value || undefined
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined
  return btoa(String.fromCharCode(...value.subarray(0, 1_024)))
}
