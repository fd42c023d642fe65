/** What a caller gave: query, form or JSON, in that order of weakness. */
import { isFields, jsonIn } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Asked } from '../../lib/http.ts'
import { readPhpForm } from '../../lib/php.ts'

export function paramsOf(asked: Asked): Fields {
  const query = readPhpForm(asked.query.toString())
  const text = asked.body.toString('utf8')
  if (text === '') return query
  const type = asked.headers['content-type'] ?? ''
  const body = /json/i.test(type) || text.startsWith('{') ? jsonIn(text) : readPhpForm(text)
  return { ...query, ...(isFields(body) && body) }
}

/** The same with names in capitals: what the older methods do with theirs. */
export function upper(params: Fields): Fields {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name.toUpperCase(), value]))
}

/** PHP's idea of yes. */
export function isYes(value: unknown, otherwise = false): boolean {
  if (value === undefined || value === null) return otherwise
  return !(value === false || value === 0 || value === '' || value === '0' || value === 'N' || value === 'n' || value === 'false')
}
