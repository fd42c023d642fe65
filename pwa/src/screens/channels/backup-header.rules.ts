/** What a backup says of itself, read on the phone before it is sent: only to show it, the server decides. Pure. */

export type Header = { number: string; madeAt: string; live: boolean }

/** The header of a file's text; null when it is no backup. */
export function headerOf(text: string): Header | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { format, number, madeAt, live } = { format: null, number: null, madeAt: null, live: null, ...value }
    const isOne = format === 'whatsappb24-number' && typeof number === 'string' && typeof madeAt === 'string'
    return isOne && !Number.isNaN(Date.parse(madeAt)) ? { number, madeAt, live: live === true } : null
  } catch {
    return null
  }
}
