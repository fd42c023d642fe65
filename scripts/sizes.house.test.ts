import { expect, test } from 'vitest'
import { build } from './build.ts'
import { BUDGETS, sizesOfApp } from './sizes.ts'

test('what a phone loads first, opens a chat with and keeps stays within its budget', async () => {
  await build(() => undefined, 'pwa')
  const sizes = sizesOfApp()
  for (const [name, { most }] of Object.entries(BUDGETS)) {
    expect({ name, size: sizes[name as keyof typeof sizes] }).toSatisfy(({ size }: { size: number }) => size > 0 && size <= most)
  }
})
