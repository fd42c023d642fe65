/** Says what is wrong with a JSON value, in the words in which the Graph API says it. */
import { isFields } from './fields.ts'

export type Rule =
  | { is: 'text'; max?: number; empty?: boolean; oneOf?: readonly string[] }
  | { is: 'number' }
  | { is: 'boolean' }
  | { is: 'any' }
  | { is: 'list'; of: Rule; max?: number; min?: number }
  | { is: 'object'; fields: Readonly<Record<string, Rule>>; required?: readonly string[]; oneOf?: readonly string[] }

export type Wrong = { message: string; details?: string }

export const text = (max?: number, empty = false): Rule => ({ is: 'text', ...(max !== undefined && { max }), empty })
export const oneOf = (...words: string[]): Rule => ({ is: 'text', oneOf: words })
export const list = (of: Rule, max?: number): Rule => ({ is: 'list', of, min: 1, ...(max !== undefined && { max }) })
export const any: Rule = { is: 'any' }
export const bool: Rule = { is: 'boolean' }
/** `required` names fields that must be there; of `exactlyOne` there must be one and no more. */
export function object(fields: Record<string, Rule>, required: string[] = [], exactlyOne?: string[]): Rule {
  return { is: 'object', fields, required, ...(exactlyOne && { oneOf: exactlyOne }) }
}

/** The first thing that is wrong, or null. `path` is how Graph names the value: `text['body']`. */
export function wrongIn(value: unknown, rule: Rule, path: string): Wrong | null {
  switch (rule.is) {
    case 'any':
      return null
    case 'boolean':
      return typeof value === 'boolean' ? null : { message: `Param ${path} must be a boolean.` }
    case 'number':
      return Number.isFinite(Number(value)) && value !== '' ? null : { message: `Param ${path} must be a number.` }
    case 'text':
      return wrongText(value, rule, path)
    case 'list':
      return wrongList(value, rule, path)
    case 'object':
      return wrongObject(value, rule, path)
  }
}

function wrongText(value: unknown, rule: Extract<Rule, { is: 'text' }>, path: string): Wrong | null {
  if (typeof value !== 'string') return { message: `Param ${path} must be a string.` }
  if (rule.oneOf && !rule.oneOf.includes(value)) {
    return { message: `Param ${path} must be one of {${rule.oneOf.join(', ').toUpperCase()}} - got "${value}".` }
  }
  if (value === '' && !rule.empty) return { message: `The parameter ${path} is required.` }
  // Lengths are counted in characters, not in UTF-16 units.
  const isLong = rule.max !== undefined && value.length > rule.max && Array.from(value).length > rule.max
  return isLong ? { message: `Param ${path} must be at most ${rule.max} characters long.` } : null
}

function wrongList(value: unknown, rule: Extract<Rule, { is: 'list' }>, path: string): Wrong | null {
  if (!Array.isArray(value)) return { message: `Param ${path} must be an array.` }
  if (value.length < (rule.min ?? 0)) return { message: `Param ${path} must have at least ${rule.min} item(s).` }
  if (rule.max !== undefined && value.length > rule.max) {
    return { message: 'Invalid parameter', details: `Param ${path} must have at most ${rule.max} items.` }
  }
  for (const [index, item] of value.entries()) {
    const wrong = wrongIn(item, rule.of, `${path}[${index}]`)
    if (wrong) return wrong
  }
  return null
}

function wrongObject(value: unknown, rule: Extract<Rule, { is: 'object' }>, path: string): Wrong | null {
  if (!isFields(value)) return { message: `Param ${path} must be a JSON object.` }
  const inner = (name: string) => (path === '' ? name : `${path}['${name}']`)
  const missing = rule.required?.find((name) => value[name] === undefined || value[name] === null)
  if (missing !== undefined) return { message: `The parameter ${inner(missing)} is required.` }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(rule.fields, name))
  if (unknown !== undefined) {
    return { message: 'Invalid parameter', details: `Unexpected key "${unknown}" on param "${path === '' ? 'root' : path}".` }
  }
  const given = rule.oneOf?.filter((name) => value[name] !== undefined)
  if (given && given.length !== 1) {
    const wanted = rule.oneOf?.map((name) => `"${name}"`).join(' or ')
    return { message: 'Invalid parameter', details: `Exactly one of ${wanted} is expected on param "${path}".` }
  }
  for (const [name, item] of Object.entries(value)) {
    const of = rule.fields[name]
    const wrong = of ? wrongIn(item, of, inner(name)) : null
    if (wrong) return wrong
  }
  return null
}
