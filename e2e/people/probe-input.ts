/** Requests made from the OpenAPI description alone, so that a route of tomorrow is probed by itself. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'

const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    type: z.optional(z.string()),
    enum: z.optional(z.array(z.unknown())),
    const: z.optional(z.unknown()),
    format: z.optional(z.string()),
    pattern: z.optional(z.string()),
    minLength: z.optional(z.number()),
    minimum: z.optional(z.number()),
    properties: z.optional(z.record(z.string(), Schema)),
    required: z.optional(z.array(z.string())),
    items: z.optional(Schema),
    anyOf: z.optional(z.array(Schema)),
    oneOf: z.optional(z.array(Schema)),
  }),
)
type Schema = {
  type?: string | undefined
  enum?: unknown[] | undefined
  const?: unknown
  format?: string | undefined
  pattern?: string | undefined
  minLength?: number | undefined
  minimum?: number | undefined
  properties?: Record<string, Schema> | undefined
  required?: string[] | undefined
  items?: Schema | undefined
  anyOf?: Schema[] | undefined
  oneOf?: Schema[] | undefined
}

const Parameter = z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.optional(z.boolean()), schema: Schema })
const Body = z.object({ content: z.record(z.string(), z.object({ schema: z.optional(Schema) })) })
const Operation = z.looseObject({ parameters: z.optional(z.array(Parameter)), requestBody: z.optional(Body) })
export const OpenApi = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

export type Route = {
  method: string
  path: string
  parameters: z.infer<typeof Parameter>[]
  body: Schema | null
  isBytes: boolean
}

export function routesOf(description: unknown): Route[] {
  return Object.entries(OpenApi.parse(description).paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      isBytes: operation.requestBody !== undefined && !operation.requestBody.content['application/json'],
    })),
  )
}

/** What to put for a name that is an id of something; null when the probe has no such thing. */
export type Ids = (name: string) => string | null

/** Names that hold an id of ours, whatever their path: they must all be known to the probe. */
export function isIdName(name: string, schema: Schema): boolean {
  // A provider's own id has a form of its own.
  return schema.format === 'uuid' || (name.endsWith('Id') && schema.pattern === undefined)
}

/** A value that the schema takes, with the probe's ids in every place that asks for one. */
export function valueFor(name: string, schema: Schema, ids: Ids): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return valueFor(name, first, ids)
  if (schema.type === 'object') return objectFor(schema, ids)
  if (schema.type === 'array') return schema.items ? [valueFor(name, schema.items, ids)] : []
  if (schema.type === 'boolean') return true
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(1, schema.minimum ?? 1)
  return textFor(name, schema, ids)
}

function textFor(name: string, schema: Schema, ids: Ids): string {
  const id = isIdName(name, schema) ? ids(name) : null
  if (id !== null) return id
  if (schema.format === 'date') return '2026-01-01'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  if (schema.format === 'email' || name === 'email') return 'nobody@probe.example'
  if (schema.pattern?.includes('43')) return 'A'.repeat(43)
  if (schema.pattern?.includes('[A-Z]')) return 'EC'
  // An amount of money.
  if (schema.pattern?.includes('{1,9}')) return '25'
  if (schema.pattern?.includes('\\d')) return '1234567890123456'.slice(0, schema.pattern.includes('{6}') ? 6 : 16)
  if (name === 'phone') return '+593 98 700 0099'
  if (name === 'timeZone') return 'America/Lima'
  // Another one each time: a name that is taken says nothing of what it is looked for.
  return `prueba ${randomUUID()}`.slice(0, 40)
}

/** Required fields, and every optional one that names an id. */
function objectFor(schema: Schema, ids: Ids): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name, field]) => schema.required?.includes(name) === true || isIdName(name, field))
      .map(([name, field]) => [name, valueFor(name, field, ids)]),
  )
}

/** The request of a route with these ids: path, query and body. */
export function requestOf(route: Route, ids: Ids): { path: string; body: unknown } {
  const query = new URLSearchParams()
  let path = route.path
  for (const { name, in: where, required, schema } of route.parameters) {
    if (where === 'query' && required !== true && !isIdName(name, schema)) continue
    const value = String(valueFor(name, schema, ids))
    if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
    else query.set(name, value)
  }
  const text = query.toString()
  return { path: text ? `${path}?${text}` : path, body: route.body ? objectFor(route.body, ids) : undefined }
}
