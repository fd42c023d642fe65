import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { API } from '#contract/api.ts'
import { readComments } from './comments.ts'
import { dictionary } from './dictionary.ts'
import { DOORS } from './doors.ts'
import { testWorld } from './local/test-world.ts'

let text: string
beforeAll(async () => {
  text = await dictionary(testWorld().ownerUrl)
})

test('docs/database.md is what the database is (npm run docs writes it again)', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/database.md'), 'utf8')
  expect(written).toBe(text)
})

test('every endpoint of the contract names the functions behind it, and they exist', () => {
  const there = new Set([...text.matchAll(/^\| `(\w+)\(/gm)].map(([, name = '']) => name))
  expect(Object.keys(API).filter((name) => !DOORS[name])).toEqual([])
  expect(
    Object.values(DOORS)
      .flat()
      .filter((name) => !there.has(name)),
  ).toEqual([])
})

test('every table says what it is for, and every function whose name does not', () => {
  const { tables, functions } = readComments()
  const silent = [...text.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name).filter((name) => !tables.has(name))
  // `api_…` is an endpoint of the contract, `…_json` the shape of a row.
  const plain = /^api_|_json$|^new_id$/
  const mute = [...text.matchAll(/^\| `(\w+)\(/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !functions.has(name) && !plain.test(name))
  expect({ tables: silent, functions: mute }).toEqual({ tables: [], functions: [] })
})
