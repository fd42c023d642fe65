import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { numberForms } from './number-forms.rules.ts'

const FILE = join(import.meta.dirname, '../../../db/national-numbers.json')
const cases = z
  .array(z.object({ country: z.string(), phone: z.string(), typed: z.array(z.string()) }))
  .parse(JSON.parse(readFileSync(FILE, 'utf8')))

test.each(cases)('$country: $phone is found as people write it there, and nobody else’s', ({ phone, typed }) => {
  for (const words of typed) {
    const forms = numberForms(words.replace(/\D/g, ''))
    const found = cases.filter((one) => forms.some((form) => one.phone.includes(form))).map((one) => one.phone)
    expect(found, words).toEqual([phone])
  }
})

test('part of a number stays a part', () => {
  expect(numberForms('4321')).toEqual(['4321'])
  expect(numberForms('00')).toEqual([])
})
