/** Which addresses are ours to send a buyer back to: APP_URL, and on one machine its other names. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The origin of `address`, when it is another name of APP_URL's machine and port; null: APP_URL itself, or a stranger. In
 * production there is one name: whoever could bend the address of a request would be sent the buyer.
 */
export function otherNameOf(address: string, { appUrl, production }: { appUrl: string; production: boolean }): string | null {
  const [here, ours] = [new URL(address), new URL(appUrl)]
  if (production || here.origin === ours.origin) return null
  const isOneMachine = LOOPBACK.has(here.hostname) && LOOPBACK.has(ours.hostname)
  return isOneMachine && here.protocol === ours.protocol && here.port === ours.port ? here.origin : null
}
