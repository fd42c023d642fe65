/** The headers of every answer (reference/platform.md §11). */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * The policy of a page in somebody's frame: only there, and with the script with which that frame is spoken to.
 * `frame` and `script` are origins that we have checked.
 */
export function framePolicy(frame: string, script: string): string {
  return POLICY.replace("frame-ancestors 'none'", `frame-ancestors 'self' ${frame}`).replace(
    "script-src 'self'",
    `script-src 'self' ${script}`,
  )
}

/** Puts the security headers on an answer that has none of its own. Sockets pass untouched. */
export function withSecurityHeaders(response: Response, isApi: boolean, production: boolean): Response {
  if (response.webSocket) return response
  const answer = new Response(response.body, response)
  const { headers } = answer
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', POLICY)
  headers.set('permissions-policy', 'microphone=(self), camera=(self), geolocation=(self), payment=()')
  headers.set('cross-origin-opener-policy', 'same-origin')
  if (production) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (isApi && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return answer
}
