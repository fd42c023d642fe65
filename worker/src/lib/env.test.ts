import { expect, test } from 'vitest'
import { settingsOf, type Vars } from './env.ts'

const anEnv = (vars: Partial<Vars>): Vars => ({
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgres://a@b/c?sslmode=require',
  APP_URL: 'https://desk.example/',
  ENCRYPTION_KEY: `k1:${'x'.repeat(32)}`,
  VAPID_PUBLIC_KEY: `B${'x'.repeat(86)}`,
  VAPID_PRIVATE_KEY: 'x'.repeat(43),
  VAPID_SUBJECT: 'mailto:avisos@empresa.ec',
  ...vars,
})

test('a missing secret stops the boot and is named', () => {
  expect(() => settingsOf(anEnv({ ENCRYPTION_KEY: '' }))).toThrow(/ENCRYPTION_KEY is missing/)
  expect(() => settingsOf(anEnv({ DATABASE_URL: '' }))).toThrow(/DATABASE_URL is missing/)
})

test('in production the way to the database is encrypted, or nothing begins', () => {
  for (const url of ['postgres://a@b/c', 'postgres://a@b/c?sslmode=disable', 'postgres://a@b/c?sslmode=prefer'])
    expect(() => settingsOf(anEnv({ DATABASE_URL: url })), url).toThrow(/sslmode=require/)
  expect(settingsOf(anEnv({ DATABASE_URL: 'postgres://a@b/c?sslmode=verify-full' })).production).toBe(true)
  expect(settingsOf(anEnv({ ENVIRONMENT: 'development', DATABASE_URL: 'postgres://a@b/c' })).production).toBe(false)
})

test('a key that protects nothing is refused', () => {
  expect(() => settingsOf(anEnv({ ENCRYPTION_KEY: 'k1:short' }))).toThrow(/fewer than 32 characters/)
})

test('production speaks to the real providers only', () => {
  expect(() => settingsOf(anEnv({ META_GRAPH_URL: 'http://127.0.0.1:8788/meta' }))).toThrow(/META_GRAPH_URL/)
  expect(() => settingsOf(anEnv({ NEON_HTTP_URL: 'http://127.0.0.1:1/sql' }))).toThrow(/NEON_HTTP_URL/)
  expect(settingsOf(anEnv({})).metaGraph).toBe('https://graph.facebook.com')
})

test('development takes the address of a simulator', () => {
  const settings = settingsOf(anEnv({ ENVIRONMENT: 'development', META_GRAPH_URL: 'http://127.0.0.1:8788/meta/' }))
  expect(settings.metaGraph).toBe('http://127.0.0.1:8788/meta')
})

test('an environment that names none is production', () => {
  expect(settingsOf(anEnv({ ENVIRONMENT: undefined })).production).toBe(true)
})

test('production does not boot without keys for push, nor with a sender that iPhones refuse', () => {
  expect(() => settingsOf(anEnv({ VAPID_PUBLIC_KEY: undefined }))).toThrow(/VAPID_PUBLIC_KEY is missing/)
  expect(() => settingsOf(anEnv({ VAPID_PRIVATE_KEY: undefined }))).toThrow(/VAPID_PRIVATE_KEY is missing/)
  expect(() => settingsOf(anEnv({ VAPID_PUBLIC_KEY: 'short' }))).toThrow(/65 bytes/)
  for (const subject of [undefined, 'avisos@empresa.ec', 'mailto:a@localhost', 'mailto:a@desk.invalid', 'https://empresa.ec']) {
    expect(() => settingsOf(anEnv({ VAPID_SUBJECT: subject }))).toThrow(/VAPID_SUBJECT/)
  }
  expect(settingsOf(anEnv({ ENVIRONMENT: 'test', VAPID_PUBLIC_KEY: undefined, VAPID_PRIVATE_KEY: undefined })).vapid).toBeNull()
})

test('a gateway has all of its keys or none: half of them would take money and never hear of it', () => {
  expect(settingsOf(anEnv({}))).toMatchObject({ stripe: null, paypal: null, billingCurrency: 'USD' })
  expect(() => settingsOf(anEnv({ STRIPE_SECRET_KEY: 'sk_live_x' }))).toThrow(/STRIPE_WEBHOOK_SECRET is missing/)
  expect(() => settingsOf(anEnv({ PAYPAL_CLIENT_ID: 'a', PAYPAL_CLIENT_SECRET: 'b' }))).toThrow(/PAYPAL_WEBHOOK_ID is missing/)
  expect(() => settingsOf(anEnv({ BILLING_CURRENCY: 'dolar' }))).toThrow(/BILLING_CURRENCY/)
})

test('production sells for real money only', () => {
  const keys = { STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' }
  expect(settingsOf(anEnv(keys)).stripe?.api).toBe('https://api.stripe.com')
  expect(() => settingsOf(anEnv({ ...keys, STRIPE_SECRET_KEY: 'sk_test_x' }))).toThrow(/test key/)
  expect(() => settingsOf(anEnv({ ...keys, STRIPE_API_URL: 'http://127.0.0.1:1/stripe' }))).toThrow(/STRIPE_API_URL/)
})
