import { expect, test } from 'vitest'
import { wayToUnblock } from './unblock.rules.ts'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'

test.each([
  ['Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36', false, 'chromeAndroid'],
  ['Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36', true, 'installedAndroid'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', false, 'firefox'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1', true, 'apple'],
  [`${MAC} Version/18.4 Safari/605.1.15`, false, 'safari'],
  [`${MAC} Chrome/140.0 Safari/537.36`, false, 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', false, 'firefox'],
] as const)('%s (installed: %s) is told the way of %s', (userAgent, isInstalled, way) => {
  expect(wayToUnblock(userAgent, isInstalled)).toBe(way)
})
