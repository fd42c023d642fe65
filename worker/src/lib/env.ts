/** The settings of the Worker, checked once at boot: in production a missing secret stops it with one clear line. */
import { keyringOf, type Keyring } from './seal.ts'
import { setLogLevel } from './log.ts'
import type { Reach } from './public-address.ts'

export type Env = Cloudflare.Env
/** The variables alone, without the bindings. */
export type Vars = Omit<Env, 'CHATS' | 'DESKS' | 'SESSIONS' | 'FLEETS' | 'PORTALS' | 'JOBS' | 'MEDIA' | 'ASSETS'>

export type Settings = {
  production: boolean
  appUrl: string
  keyring: Keyring
  metaGraph: string
  metaAppSecret: string | null
  metaVerifyToken: string | null
  gupshupApi: string
  gupshupPartner: string
  /** The authorization server of Bitrix24, and our application of its marketplace; null: there is none. */
  bitrix24: { oauth: string; client: { id: string; secret: string } | null }
  /** Payment gateways that are set up here; null: that one is not. Without any, nothing is sold. */
  stripe: StripeKeys | null
  paypal: PayPalKeys | null
  /** Of balances and plans, ISO 4217. */
  billingCurrency: string
  /** Factor of all waits of unofficial numbers: contract/session-node.ts. */
  timeScale: number
  /** Null where push is not set up: never in production. */
  vapid: VapidKeys | null
}

/** The key pair that push services know us by, base64url: an uncompressed point and its 32-byte secret. */
export type VapidKeys = { publicKey: string; privateKey: string; subject: string }

/** `hookSecret`: what Stripe signs its events with. */
export type StripeKeys = { api: string; key: string; hookSecret: string }
/** `hookId`: the webhook's own id, which PayPal signs along. */
export type PayPalKeys = { api: string; clientId: string; secret: string; hookId: string }

const REAL = {
  metaGraph: 'https://graph.facebook.com',
  gupshupApi: 'https://api.gupshup.io',
  gupshupPartner: 'https://partner.gupshup.io/partner',
  bitrix24: 'https://oauth.bitrix.info',
  stripe: 'https://api.stripe.com',
  paypal: 'https://api-m.paypal.com',
}

function address(given: string | undefined, real: string, production: boolean, name: string): string {
  if (!given) return real
  const trimmed = given.replace(/\/+$/, '')
  if (production && trimmed !== real) throw new Error(`${name} must be absent or ${real} in production`)
  return trimmed
}

/**
 * Apple refuses a push whose `sub` names a host that cannot exist, and no other service says so: only iPhones would fail
 * (reference/pwa.md §8.2).
 */
const REAL_MAILTO = /^mailto:[^@\s]+@(?!.*\.(?:invalid|test|example|local|localhost)$)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i

function vapidOf(env: Vars, production: boolean): VapidKeys | null {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = env
  if (!publicKey && !privateKey && !production) return null
  if (!publicKey || !privateKey)
    throw new Error(`${publicKey ? 'VAPID_PRIVATE_KEY' : 'VAPID_PUBLIC_KEY'} is missing: see the environment table of README.md`)
  if (!/^B[\w-]{86}$/.test(publicKey)) throw new Error('VAPID_PUBLIC_KEY must be 65 bytes, uncompressed, in base64url')
  if (!/^[\w-]{43}$/.test(privateKey)) throw new Error('VAPID_PRIVATE_KEY must be 32 bytes in base64url')
  if (!subject || !REAL_MAILTO.test(subject))
    throw new Error('VAPID_SUBJECT must be mailto: and a real address of your company: iPhones get no push without it')
  return { publicKey, privateKey, subject }
}

/** Between us and the database nothing goes unencrypted, whatever somebody has pasted. */
function refuseOpenWire(databaseUrl: string): void {
  const mode = URL.canParse(databaseUrl) ? new URL(databaseUrl).searchParams.get('sslmode') : null
  if (mode === null || !['require', 'verify-ca', 'verify-full'].includes(mode))
    throw new Error(
      'DATABASE_URL must say sslmode=require or more in production: without it passwords and messages could travel in the open',
    )
}

function bitrix24Client({ BITRIX24_CLIENT_ID: id, BITRIX24_CLIENT_SECRET: secret }: Vars): { id: string; secret: string } | null {
  if (!id && !secret) return null
  if (!id || !secret)
    throw new Error(`${id ? 'BITRIX24_CLIENT_SECRET' : 'BITRIX24_CLIENT_ID'} is missing: see the environment table of README.md`)
  return { id, secret }
}

/** All of these or none: a gateway with half of its keys would take money and never hear of it. */
function isWhole(given: Record<string, string | undefined>): boolean {
  const missing = Object.keys(given).filter((name) => !given[name])
  if (missing.length > 0 && missing.length < Object.keys(given).length)
    throw new Error(`${missing[0]} is missing: see the environment table of README.md`)
  return missing.length === 0
}

function stripeOf(env: Vars, production: boolean): StripeKeys | null {
  const { STRIPE_SECRET_KEY = '', STRIPE_WEBHOOK_SECRET = '' } = env
  if (!isWhole({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET })) return null
  if (production && !/^[rs]k_live_/.test(STRIPE_SECRET_KEY))
    throw new Error('STRIPE_SECRET_KEY is a test key: in production it would sell for play money')
  const api = address(env.STRIPE_API_URL, REAL.stripe, production, 'STRIPE_API_URL')
  return { api, key: STRIPE_SECRET_KEY, hookSecret: STRIPE_WEBHOOK_SECRET }
}

function paypalOf(env: Vars, production: boolean): PayPalKeys | null {
  const { PAYPAL_CLIENT_ID = '', PAYPAL_CLIENT_SECRET = '', PAYPAL_WEBHOOK_ID = '' } = env
  if (!isWhole({ PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET, PAYPAL_WEBHOOK_ID })) return null
  const api = address(env.PAYPAL_API_URL, REAL.paypal, production, 'PAYPAL_API_URL')
  return { api, clientId: PAYPAL_CLIENT_ID, secret: PAYPAL_CLIENT_SECRET, hookId: PAYPAL_WEBHOOK_ID }
}

function currencyOf(given: string | undefined): string {
  const currency = given || 'USD'
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('BILLING_CURRENCY must be three letters, as USD')
  return currency
}

function timeScaleOf(given: string | undefined, production: boolean): number {
  if (!given) return 1
  if (production) throw new Error('TIME_SCALE is only for tests')
  const scale = Number(given)
  if (!(scale > 0 && scale <= 1)) throw new Error('TIME_SCALE must be over 0 and at most 1')
  return scale
}

function read(env: Vars): Settings {
  const production = env.ENVIRONMENT !== 'development' && env.ENVIRONMENT !== 'test'
  for (const name of ['DATABASE_URL', 'APP_URL', 'ENCRYPTION_KEY'] as const) {
    if (!env[name]) throw new Error(`${name} is missing: see the environment table of README.md`)
  }
  if (production) refuseOpenWire(env.DATABASE_URL)
  if (production && env.NEON_HTTP_URL) throw new Error('NEON_HTTP_URL is only for development')
  setLogLevel(env.LOG_LEVEL)
  return {
    production,
    appUrl: env.APP_URL.replace(/\/+$/, ''),
    keyring: keyringOf(env.ENCRYPTION_KEY),
    metaGraph: address(env.META_GRAPH_URL, REAL.metaGraph, production, 'META_GRAPH_URL'),
    metaAppSecret: env.META_APP_SECRET || null,
    metaVerifyToken: env.META_VERIFY_TOKEN || null,
    gupshupApi: address(env.GUPSHUP_API_URL, REAL.gupshupApi, production, 'GUPSHUP_API_URL'),
    gupshupPartner: address(env.GUPSHUP_PARTNER_URL, REAL.gupshupPartner, production, 'GUPSHUP_PARTNER_URL'),
    bitrix24: {
      oauth: address(env.BITRIX24_OAUTH_URL, REAL.bitrix24, production, 'BITRIX24_OAUTH_URL'),
      client: bitrix24Client(env),
    },
    stripe: stripeOf(env, production),
    paypal: paypalOf(env, production),
    billingCurrency: currencyOf(env.BILLING_CURRENCY),
    vapid: vapidOf(env, production),
    timeScale: timeScaleOf(env.TIME_SCALE, production),
  }
}

/** A wait of unofficial numbers or portals, in milliseconds, as long as it is here. */
export function scaled(env: Vars, ms: number): number {
  return Math.round(ms * settingsOf(env).timeScale)
}

let known: { env: Vars; settings: Settings } | null = null

/** The settings of this environment. Throws a line that names what is missing or wrong. */
export function settingsOf(env: Vars): Settings {
  if (known?.env !== env) known = { env, settings: read(env) }
  return known.settings
}

/** Where requests of ours may go whose address somebody typed: to public places, and to the simulators where they stand for providers. */
export function reachOf(env: Vars): Reach {
  const { production, appUrl, metaGraph } = settingsOf(env)
  const { protocol, origin } = new URL(metaGraph)
  return { own: appUrl, local: !production && protocol === 'http:' ? origin : null }
}
