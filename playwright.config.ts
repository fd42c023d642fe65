/** The journeys of people, in a real browser, on the two sizes that people hold in their hands. */
import { defineConfig } from '@playwright/test'
import { systemBrowser } from './scripts/browser.ts'

/** As Playwright switches them off: of two such flags only the last is heard. */
const UNWANTED = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]
/** Pages of the browser's own address bar, loaded for each new window: two thirds of what an empty one costs. */
const OMNIBOX = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...UNWANTED, ...OMNIBOX].join(',')}`,
]
// npm test finds or fetches one; without it, whatever the machine has.
const executablePath = process.env['E2E_BROWSER'] ?? systemBrowser() ?? undefined

/** Those that name this size, and those that name none. */
const madeOn = (size: string): RegExp => new RegExp(`@${size}|^[^@]*$`)

export default defineConfig({
  testDir: './e2e',
  testMatch: '*.spec.ts',
  outputDir: './test-results/browser',
  globalSetup: './e2e/house.ts',
  // Each worker has a house and an inbox of its own; within one, tests take turns. On two
  // cores one worker is as fast as two, which only wait for each other: more are for larger machines (--workers).
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: './test-results/browser.json' }]],
  use: {
    launchOptions: { executablePath, args: QUIET },
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    // Recorded for every test it cost a quarter of the time. To look into one: npx playwright test … --trace retain-on-failure
    trace: 'off',
    locale: 'es-EC',
    timezoneId: 'America/Guayaquil',
    // Without a service worker, as a browser that has none: it would be installed anew for every test. A spec that is about
    // it allows it again.
    serviceWorkers: 'block',
  },
  // A journey is made where people make it, and says so at the end of its name: those of agents @phone, those of supervisors
  // and administrators @tablet, those in a portal's frame @desktop. Without any it is made on phone and tablet: layout or the hand
  // make another thing of it there. Every screen is looked at at every size (e2e/accessible.spec.ts).
  projects: [
    {
      name: 'phone',
      grep: madeOn('phone'),
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    {
      name: 'tablet',
      grep: madeOn('tablet'),
      use: { viewport: { width: 1024, height: 768 }, hasTouch: true },
    },
    {
      name: 'desktop',
      grep: /@desktop/,
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
})
