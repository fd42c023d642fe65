import { expect, test } from 'vitest'
import { build } from './build.ts'
import { BUDGETS, sizesOfApp, WEIGHED } from './sizes.ts'

test('what a phone loads first, opens a chat with and keeps stays within its budget', async () => {
  await build(() => undefined, 'pwa')
  const sizes = sizesOfApp()
  for (const name of WEIGHED) {
    expect(sizes[name], name).toBeGreaterThan(0)
    expect(sizes[name], name).toBeLessThanOrEqual(BUDGETS[name].most)
  }
})
