/** Phones with a wrong clock are common: below this, a difference is only the way of the answer. */
const TOLERATED_MS = 5_000

let skewMs = 0

/** Learns the server's time from the `date` header of an answer. */
export function noteServerTime(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  skewMs = Math.abs(difference) > TOLERATED_MS ? difference : 0
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(): number {
  return Date.now() + skewMs
}
