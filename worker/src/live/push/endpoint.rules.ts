/**
 * Which addresses are push services. A phone names its own, so anything else would make us post wherever a stranger
 * likes (reference/pwa.md §8.3). Asked when a device is stored and again before each push.
 */

/** As it is, or with anything before a dot. */
const HOSTS = new Set(['fcm.googleapis.com', 'android.googleapis.com'])
const BELOW = ['.push.apple.com', '.push.services.mozilla.com', '.notify.windows.com']
const LENGTH_MAX = 2_048
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The origin of a push service, which its tokens are for; null for any other address. */
export function pushOrigin(endpoint: string, production: boolean): string | null {
  if (endpoint.length > LENGTH_MAX || !URL.canParse(endpoint)) return null
  const { protocol, hostname, port, username, password, origin } = new URL(endpoint)
  if (username !== '' || password !== '') return null
  // The simulated push service (sim/push), and nothing else of this machine in production.
  if (!production && protocol === 'http:' && LOOPBACK.has(hostname)) return origin
  if (protocol !== 'https:' || port !== '') return null
  return HOSTS.has(hostname) || BELOW.some((end) => hostname.endsWith(end)) ? origin : null
}
