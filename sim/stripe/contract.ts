/** Stripe's public description: what the gate checks requests and answers against, and what an object looks like while nothing is known. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldsOf, isFields, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'

const FILE = join(import.meta.dirname, 'contract', 'stripe.subset.openapi.json')
const REF = '#/components/schemas/'

type Read = { schemas: Fields; answers: ReadonlyMap<string, Fields> }
/** Read when the first one asks: who sells nothing never pays for it. */
let read: Read | null = null

function contract(): Read {
  read ??= readAll(fieldsOf(JSON.parse(readFileSync(FILE, 'utf8'))))
  return read
}

function readAll({ components, paths }: Fields): Read {
  const answers = new Map<string, Fields>()
  for (const path of Object.values(fieldsOf(paths)))
    for (const operation of Object.values(fieldsOf(path))) {
      const { operationId, responses } = fieldsOf(operation)
      const json = fieldsOf(fieldsOf(fieldsOf(responses)['200']).content)['application/json']
      answers.set(String(operationId), fieldsOf(fieldsOf(json).schema))
    }
  return { schemas: fieldsOf(fieldsOf(components).schemas), answers }
}

/** What an operation answers when it goes well. */
export function answerSchemaOf(operation: string): Fields | undefined {
  return contract().answers.get(operation)
}

/** The schema behind a `$ref`. */
export function schemaOf(ref: string): Fields {
  return fieldsOf(contract().schemas[ref.slice(REF.length)])
}

/** The description as the validator of requests takes it: a new one each time, for it writes into what it is given. */
export function requestContract() {
  const whole = JSON.parse(readFileSync(FILE, 'utf8'))
  forgetAnswers(whole)
  mend(whole, false)
  for (const path of Object.values(fieldsOf(whole.paths)))
    for (const operation of Object.values(fieldsOf(path)))
      for (const parameter of listOf(fieldsOf(operation).parameters))
        if (fieldsOf(parameter).in === 'query') mend(parameter, true)
  return whole
}

/** Answers are the larger part by far, and compiled whether or not they are checked. Requests name no schema of the list. */
function forgetAnswers(whole: { paths: Record<string, Record<string, object>>; components: object }): void {
  for (const path of Object.values(whole.paths))
    for (const operation of Object.values(path))
      Object.assign(operation, { responses: { default: { description: 'An answer.' } } })
  whole.components = {}
}

/** Two things that stand in the description and that the validator refuses or misreads: a null without a type, and what a query must have. */
function mend(node: unknown, inQuery: boolean): void {
  if (Array.isArray(node)) for (const each of node) mend(each, inQuery)
  if (typeof node !== 'object' || node === null) return
  if ('nullable' in node && typeof node.nullable === 'boolean' && !('type' in node)) {
    if ('anyOf' in node && Array.isArray(node.anyOf)) node.anyOf.push({ type: 'string', nullable: true, enum: [null] })
    delete node.nullable
  }
  if (inQuery && 'properties' in node && 'required' in node) delete node.required
  for (const each of Object.values(node)) mend(each, inQuery)
}

/** An object of this kind with every field that it always has, and nothing in them. */
export function blank(name: string): Fields {
  return fieldsOf(blankOf(fieldsOf(contract().schemas[name])))
}

function blankOf(schema: Fields): unknown {
  const ref = textOf(schema.$ref)
  if (ref !== undefined) return blankOf(schemaOf(ref))
  if (schema.nullable === true) return null
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return blankOf(fieldsOf(schema.anyOf[0]))
  if (schema.type === 'array') return []
  if (schema.type === 'integer' || schema.type === 'number') return 0
  if (schema.type === 'boolean') return false
  if (schema.type === 'string') return ''
  return blankFields(schema)
}

/** What is required, and what may be null: a field that is there or not according to what happened stays away. */
function blankFields(schema: Fields): Fields {
  const required = listOf(schema.required)
  const fields: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(fieldsOf(schema.properties))) {
    if (!isFields(property) || name === 'deleted') continue
    if (required.includes(name)) fields[name] = blankOf(property)
    else if (property.nullable === true) fields[name] = null
  }
  return fields
}
