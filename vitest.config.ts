/** Four kinds of tests, one run: rules in plain Node, what asks PostgreSQL, what lives in workerd, and the app. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { configDefaults, defineConfig } from 'vitest/config'

const WORLD = './scripts/test-setup.ts'
const ROOMS = '{contract,db,worker,session-node,sim,scripts,bench}'
const TIMEOUTS = { testTimeout: 30_000, hookTimeout: 60_000 }

// wrangler.toml names the folder of the built app: tests do not need the app, only the folder and a page for frames.
const PWA = join(import.meta.dirname, 'dist', 'pwa')
mkdirSync(PWA, { recursive: true })
if (!existsSync(join(PWA, 'index.html'))) writeFileSync(join(PWA, 'index.html'), '<!doctype html><head></head>')

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // One load of what all of them read, instead of one for each file: nothing here changes what others see.
          isolate: false,
          testTimeout: 15_000,
          include: [`${ROOMS}/**/*.test.ts`],
          exclude: [...configDefaults.exclude, '**/*.db.test.ts', '**/*.workerd.test.ts', '**/*.house.test.ts'],
        },
      },
      {
        test: {
          name: 'database',
          include: [`${ROOMS}/**/*.db.test.ts`],
          globalSetup: WORLD,
          ...TIMEOUTS,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => {
            const { appUrl, neonUrl, simulators } = inject('world')
            return {
              wrangler: { configPath: './wrangler.toml' },
              miniflare: {
                bindings: {
                  ENVIRONMENT: 'test',
                  APP_URL: 'http://app.test',
                  ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 7).toString('base64url')}`,
                  DATABASE_URL: appUrl,
                  NEON_HTTP_URL: neonUrl,
                  META_GRAPH_URL: `${simulators}/meta`,
                  GUPSHUP_API_URL: `${simulators}/gupshup`,
                  GUPSHUP_PARTNER_URL: `${simulators}/gupshup-partner`,
                  STRIPE_API_URL: simulators,
                  STRIPE_SECRET_KEY: 'sk_test_simulador',
                  STRIPE_WEBHOOK_SECRET: 'whsec_simulador_de_pruebas',
                  PAYPAL_API_URL: `${simulators}/paypal`,
                  PAYPAL_CLIENT_ID: 'cliente-de-pruebas',
                  PAYPAL_CLIENT_SECRET: 'secreto-de-pruebas',
                  PAYPAL_WEBHOOK_ID: 'PRUEBAS1',
                  BITRIX24_OAUTH_URL: `${simulators}/bitrix24`,
                  BITRIX24_CLIENT_ID: 'app.tests',
                  BITRIX24_CLIENT_SECRET: 'secret-of-the-tests',
                  SESSION_NODE_TOKEN: 'token-of-the-nodes',
                  LOG_LEVEL: 'error',
                },
              },
            }
          }),
        ],
        test: {
          name: 'workerd',
          include: ['worker/**/*.workerd.test.ts'],
          globalSetup: WORLD,
          ...TIMEOUTS,
        },
      },
      './pwa/vitest.config.ts',
      {
        test: {
          // The app's rules: no page, no database of a browser, and one load for all.
          name: 'pwa-rules',
          include: ['pwa/src/**/*.rules.test.ts'],
          isolate: false,
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'house',
          include: ['{scripts,bench}/**/*.house.test.ts', 'e2e/{bitrix24-house,chaos,people,sessions}/*.test.ts'],
          // Whole products are started and killed here: after the others and one at a time, or they would wait for each other.
          fileParallelism: false,
          globalSetup: './e2e/people/shared-house.ts',
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
