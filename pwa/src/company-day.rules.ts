/** The days of a company, wherever the reader is. Midnight at the beginning of one, and its last millisecond. */
export const dayBegin = (day: string, timeZone: string): string | null => instantOf(`${day}T00:00:00.000Z`, timeZone)
export const dayEnd = (day: string, timeZone: string): string | null => instantOf(`${day}T23:59:59.999Z`, timeZone)

/** What a clock there shows, as an instant: read as Greenwich's first, then moved by as much as that place is off. */
function instantOf(text: string, timeZone: string): string | null {
  const shown = Date.parse(text)
  if (Number.isNaN(shown)) return null
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = shown - offsetAt(shown, timeZone)
  return new Date(shown - offsetAt(guess, timeZone)).toISOString()
}

function offsetAt(at: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(at)
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
}
