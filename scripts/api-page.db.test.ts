import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testWorld } from '../db/local/test-world.ts'
import { apiPage } from './api-page.ts'

test('docs/api.md is what the API is (npm run docs writes it again)', async () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/api.md'), 'utf8')
  expect(written).toBe(await apiPage(testWorld().ownerUrl))
})
