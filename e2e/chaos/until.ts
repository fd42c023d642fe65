/** Waits for a condition, never for a time: looks again every 50 ms, and says what it was waiting for when it never comes. */
export async function until(what: string, done: () => boolean | Promise<boolean>, maxMs: number): Promise<void> {
  const end = Date.now() + maxMs
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${maxMs / 1000} s`)
    await pause(50)
  }
}

/** The pause of somebody who tries again. */
export function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms))
}
