/** What the Worker is told on one machine: the environment's word wins, else the local parts. */

/** Handed on as they are; README.md says what each means. */
const PASSED_ON = [
  'META_APP_SECRET',
  'META_VERIFY_TOKEN',
  'LOG_LEVEL',
  'TIME_SCALE',
  'STRIPE_API_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'PAYPAL_API_URL',
  'PAYPAL_CLIENT_ID',
  'PAYPAL_CLIENT_SECRET',
  'PAYPAL_WEBHOOK_ID',
  'BILLING_CURRENCY',
  'BITRIX24_CLIENT_ID',
  'BITRIX24_CLIENT_SECRET',
  'BITRIX24_OAUTH_URL',
  'WA_WEB_URL',
] as const

export type Local = {
  given: Record<string, string | undefined>
  address: string
  encryptionKey: string
  /** What session-nodes show at the door. */
  sessionNodeToken: string
  vapid: { publicKey: string; privateKey: string }
  /** null when DATABASE_URL is a real Neon database. */
  neonUrl: string | null
  /** null when every provider is a real one. */
  simulators: string | null
}

/** Where linked devices connect, on the simulators' own port. */
export function whatsappWebAt(simulators: string): string {
  return `${simulators.replace(/^http/, 'ws')}/whatsapp-web/ws/chat`
}

/** The application as the simulated Bitrix24 knows it. */
export const DEMO_B24_APP = { clientId: 'app.whatsappb24.demo', secret: 'secret-of-the-simulated-application' }

/** The simulated Stripe as the Worker knows it. */
const DEMO_STRIPE = { key: 'sk_test_simulador', hookSecret: 'whsec_simulador_de_pruebas' }

/** What the simulators sign webhooks with that nobody registered by hand. */
export const SIM_SECRETS = { STRIPE_HOOK_SECRET: DEMO_STRIPE.hookSecret }

/** The simulated PayPal's application, and the webhook that points to us. */
export const DEMO_PAYPAL = { clientId: 'cliente-simulado', secret: 'secreto-simulado', hookId: 'SIMULADO1' }

/** The variables of the Worker. A provider whose address is not given is simulated, or real when nothing is. */
export function bindingsFrom({
  given,
  address,
  encryptionKey,
  sessionNodeToken,
  vapid,
  neonUrl,
  simulators,
}: Local): Record<string, string> {
  const wanted: Record<string, string | null | undefined> = {
    ENVIRONMENT: 'development',
    APP_URL: given['APP_URL'] || address,
    ENCRYPTION_KEY: encryptionKey,
    SESSION_NODE_TOKEN: sessionNodeToken,
    VAPID_PUBLIC_KEY: given['VAPID_PUBLIC_KEY'] || vapid.publicKey,
    VAPID_PRIVATE_KEY: given['VAPID_PRIVATE_KEY'] || vapid.privateKey,
    VAPID_SUBJECT: given['VAPID_SUBJECT'] || 'mailto:avisos@whatsappb24.com',
    DATABASE_URL: given['DATABASE_URL'] || 'postgres://app_rw:local@127.0.0.1/postgres',
    NEON_HTTP_URL: neonUrl,
    META_GRAPH_URL: given['META_GRAPH_URL'] || (simulators && `${simulators}/meta`),
    GUPSHUP_API_URL: given['GUPSHUP_API_URL'] || (simulators && `${simulators}/gupshup`),
    GUPSHUP_PARTNER_URL:
      given['GUPSHUP_PARTNER_URL'] || (simulators && !given['GUPSHUP_API_URL'] && `${simulators}/gupshup-partner`) || null,
  }
  for (const name of PASSED_ON) wanted[name] = given[name]
  if (simulators && !wanted['BITRIX24_OAUTH_URL']) {
    wanted['BITRIX24_OAUTH_URL'] = `${simulators}/bitrix24`
    wanted['BITRIX24_CLIENT_ID'] ||= DEMO_B24_APP.clientId
    wanted['BITRIX24_CLIENT_SECRET'] ||= DEMO_B24_APP.secret
  }
  if (simulators && !wanted['STRIPE_API_URL']) {
    // The client takes a host and a port, and no path.
    wanted['STRIPE_API_URL'] = simulators
    wanted['STRIPE_SECRET_KEY'] ||= DEMO_STRIPE.key
    wanted['STRIPE_WEBHOOK_SECRET'] ||= DEMO_STRIPE.hookSecret
  }
  if (simulators && !wanted['PAYPAL_API_URL']) {
    wanted['PAYPAL_API_URL'] = `${simulators}/paypal`
    wanted['PAYPAL_CLIENT_ID'] ||= DEMO_PAYPAL.clientId
    wanted['PAYPAL_CLIENT_SECRET'] ||= DEMO_PAYPAL.secret
    wanted['PAYPAL_WEBHOOK_ID'] ||= DEMO_PAYPAL.hookId
  }
  wanted['WA_WEB_URL'] ||= simulators && whatsappWebAt(simulators)
  return Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
