/** Stripe's public description: what the gate checks requests and answers against, and what an object looks like while nothing is known. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldsOf, isFields, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'

const FILE = join(import.meta.dirname, 'contract', 'stripe.subset.openapi.json')
const REF = '#/components/schemas/'

/** Read when the first one asks: who sells nothing never pays for it. */
let schemas: Fields | null = null

/** The description as the validator takes it. A new one each time: the validator writes into what it is given. */
export function readContract() {
  const contract = JSON.parse(readFileSync(FILE, 'utf8'))
  mend(contract, false)
  for (const path of Object.values(fieldsOf(contract.paths)))
    for (const operation of Object.values(fieldsOf(path)))
      for (const parameter of listOf(fieldsOf(operation).parameters)) if (fieldsOf(parameter).in === 'query') mend(parameter, true)
  return contract
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
  schemas ??= fieldsOf(fieldsOf(fieldsOf(JSON.parse(readFileSync(FILE, 'utf8'))).components).schemas)
  return fieldsOf(blankOf(fieldsOf(schemas[name])))
}

function blankOf(schema: Fields): unknown {
  const ref = textOf(schema.$ref)
  if (ref !== undefined) return blank(ref.slice(REF.length))
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
