/**
 * Do our own answers fit Stripe's public description? Read as it stands: compiling all that an answer may hold, for each
 * operation, would take seconds, and this takes none.
 */
import { fieldsOf, isFields, listOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { answerSchemaOf, schemaOf } from '../contract.ts'

/** Where and why an answer of an operation does not fit; null when it does. */
export function misfitOf(operation: string, answer: unknown): string | null {
  const schema = answerSchemaOf(operation)
  return schema ? misfit(schema, answer, 'answer') : null
}

function misfit(schema: Fields, value: unknown, place: string): string | null {
  if (value === undefined) return null
  const ref = textOf(schema.$ref)
  if (ref !== undefined) return misfit(schemaOf(ref), value, place)
  if (value === null) return schema.nullable === true ? null : `${place} is null`
  if (Array.isArray(schema.enum) && schema['x-openEnum'] !== true && !schema.enum.includes(value))
    return `${place} is ${JSON.stringify(value)}, none of ${schema.enum.slice(0, 8).join(', ')}`
  if (Array.isArray(schema.anyOf)) return noneOf(schema.anyOf.map(fieldsOf), value, place)
  return ofType(schema, value, place)
}

/** An object is held to the one that has its name: that tells more than "none of them". */
function noneOf(options: readonly Fields[], value: unknown, place: string): string | null {
  const problems = options.map((option) => misfit(option, value, place))
  if (problems.includes(null)) return null
  const named = options.findIndex((option) => listOf(nameOf(option)).includes(fieldsOf(value).object))
  return problems[named === -1 ? 0 : named] ?? null
}

function nameOf(option: Fields): unknown {
  const ref = textOf(option.$ref)
  const { properties } = ref === undefined ? option : schemaOf(ref)
  return fieldsOf(fieldsOf(properties).object).enum
}

function ofType(schema: Fields, value: unknown, place: string): string | null {
  const type = textOf(schema.type)
  if (type === 'array') {
    if (!Array.isArray(value)) return `${place} is no list`
    return first(value.map((each, at) => misfit(fieldsOf(schema.items), each, `${place}[${at}]`)))
  }
  if (type === 'integer' || type === 'number')
    return typeof value === 'number' && (type === 'number' || Number.isInteger(value)) ? null : `${place} is no ${type}`
  if (type === 'string' || type === 'boolean') return typeof value === type ? null : `${place} is no ${type}`
  if (type !== 'object') return null
  return isFields(value) ? ofFields(schema, value, place) : `${place} is no object`
}

function ofFields(schema: Fields, value: Fields, place: string): string | null {
  const known = fieldsOf(schema.properties)
  const missing = listOf(schema.required).find((name) => value[String(name)] === undefined)
  if (missing !== undefined) return `${place}.${String(missing)} is missing`
  const rest = schema.additionalProperties
  const isListed = Object.keys(known).some((name) => name !== 'object')
  return first(
    Object.entries(value).map(([name, each]) => {
      if (name in known) return misfit(fieldsOf(known[name]), each, `${place}.${name}`)
      if (isFields(rest)) return misfit(rest, each, `${place}.${name}`)
      // An object whose fields are listed has no others, whether or not that is said; what an event is about may be anything.
      return isListed && each !== undefined ? `${place}.${name} is not known` : null
    }),
  )
}

function first(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null
}
