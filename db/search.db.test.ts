import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, leave, type AnAccount } from './local/an-account.ts'

const Found = z.object({ items: z.array(z.object({ contact: z.object({ name: z.string() }) })) })
const Cases = z.array(z.object({ country: z.string(), phone: z.string(), typed: z.array(z.string()) }))
const cases = Cases.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'national-numbers.json'), 'utf8')))
let account: AnAccount

beforeAll(async () => {
  account = await anAccount()
  const people = [
    ['María José Peñafiel', '593987654321'],
    ['Jürgen Müller', '4915112345678'],
    ['Tienda 100% Natural', '51987000111'],
    ['Andrés Guamán', '593991112223'],
  ]
  await account.ingest(
    ...people.map(([profileName, phone]) => account.entry({ profileName, customer: { phone }, objectKey: `p:${phone}` })),
  )
})
afterAll(leave)

const find = async (q: string): Promise<string[]> =>
  Found.parse(await account.api('api_chats', { q })).items.map(({ contact }) => contact.name)

test.each([
  ['without accents', 'maria penafiel', 'María José Peñafiel'],
  ['with other accents and capitals', 'MARÍA  PEÑAFIEL ', 'María José Peñafiel'],
  ['words in another order', 'peñafiel josé', 'María José Peñafiel'],
  ['part of a word', 'guam', 'Andrés Guamán'],
  ['an umlaut typed without', 'muller', 'Jürgen Müller'],
  ['a typing mistake', 'penafeil', 'María José Peñafiel'],
  ['a sign that means something to the database', '100%', 'Tienda 100% Natural'],
  ['a number as it is typed at home', '098 765 4321', 'María José Peñafiel'],
  ['a number with its code', '+593 98 765 4321', 'María José Peñafiel'],
  ['a number with a 0 too many', '+593 (0)98 765-4321', 'María José Peñafiel'],
  ['a number with 00', '00593987654321', 'María José Peñafiel'],
  ['the end of a number', '4321', 'María José Peñafiel'],
])('%s: "%s" finds %s', async (_how, q, name) => {
  expect(await find(q)).toEqual([name])
})

test('numbers are found as they are written at home in eight countries, and only theirs', async () => {
  const there = await anAccount()
  await there.ingest(
    ...cases.map(({ phone, country }) => there.entry({ profileName: country, customer: { phone }, objectKey: `p:${phone}` })),
  )
  for (const { country, typed } of cases) {
    for (const q of typed) {
      const { items } = Found.parse(await there.api('api_chats', { q }))
      expect(
        items.map(({ contact }) => contact.name),
        `${country}: ${q}`,
      ).toEqual([country])
    }
  }
})

test.each(['xyzxyz', '_', "'; drop table chat; --", '*', '%', '\\', '% %'])('%j finds nobody and breaks nothing', async (q) => {
  expect(await find(q)).toEqual([])
})

test("another account's people are not found", async () => {
  const stranger = await anAccount()
  expect(await stranger.api('api_chats', { q: 'maria' })).toEqual({ items: [], next: null })
})
