import { expect, test } from 'vitest'
import * as z from 'zod'
import { API } from '#contract/api.ts'
import { PERMISSIONS } from '#contract/permissions.ts'
import { openApi } from './openapi.ts'

const Operation = z.object({
  operationId: z.string(),
  summary: z.string().min(8),
  'x-permission': z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: z.unknown() })),
  responses: z.record(z.string(), z.object({ description: z.string() })),
})
const Page = z.object({ openapi: z.literal('3.0.3'), paths: z.record(z.string(), z.record(z.string(), Operation)) })

const page = openApi('https://app.example')
const operations = Object.entries(Page.parse(page).paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)

test('every endpoint of the contract is described, once', () => {
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(Object.keys(API).filter((name) => !ids.includes(name))).toEqual([])
})

test('every endpoint says who may use it, and a role can hold each of these', () => {
  const known = new Set<string>([...PERMISSIONS, 'anyone', 'signed-in'])
  expect(operations.filter((operation) => !known.has(operation['x-permission'])).map(({ operationId }) => operationId)).toEqual(
    [],
  )
})

test('the names in a path are its parameters, and required', () => {
  for (const { path, parameters } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name).toSorted(), path).toEqual(named)
    expect(
      inPath.every(({ required }) => required),
      path,
    ).toBe(true)
  }
})

test('every reference leads somewhere', () => {
  const text = JSON.stringify(page)
  const Parts = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
  const { schemas } = Parts.parse(page).components
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) expect(schemas).toHaveProperty(name)
  expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull()
})
