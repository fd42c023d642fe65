/** How we reach a provider: bounded in time, never following a redirect to a place we did not choose. */
export type WireLike = { fetch: (url: string, init: RequestInit) => Promise<Response>; timeoutMs: number }

/** A wire with a time limit for each request, in milliseconds. */
export function wireOf(timeoutMs: number): WireLike {
  return {
    timeoutMs,
    fetch: (url, init) => fetch(url, { redirect: 'manual', ...init, signal: init.signal ?? AbortSignal.timeout(timeoutMs) }),
  }
}
