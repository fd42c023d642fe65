/** The business profile of a number: reference/meta-cloud-api.md §12. */
import { fieldsOf, jsonIn } from '../lib/fields.ts'
import { json } from '../lib/http.ts'
import type { MetaNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { graphError, invalid, noSuchObject } from './answers.ts'
import { succeed } from './nodes.ts'

const LIMITS = { about: 139, address: 256, description: 512, email: 128 } as const

export function readProfile({ names, number, asked }: Call<MetaNumber>): Handled {
  if (names.id !== number.id) return notThere(names.id ?? '', 'GET')
  const wanted = asked.query.get('fields')?.split(',') ?? ['about']
  const known = Object.entries(number.profile ?? {}).filter(([name]) => wanted.includes(name))
  return { reply: json(200, { data: [{ ...Object.fromEntries(known), messaging_product: 'whatsapp' }] }) }
}

export function writeProfile({ sim, names, number, asked }: Call<MetaNumber>): Handled {
  if (names.id !== number.id) return notThere(names.id ?? '', 'POST')
  const { messaging_product: product, ...given } = fieldsOf(jsonIn(asked.body.toString('utf8')))
  const tooLong = Object.entries(LIMITS).find(([name, max]) => String(given[name] ?? '').length > max)
  if (product !== 'whatsapp') return wrong('The parameter messaging_product is required.')
  if (tooLong) return wrong(`Param ${tooLong[0]} must be at most ${tooLong[1]} characters long.`)
  sim.world.record({ t: 'number', number: { ...number, profile: { ...number.profile, ...given } } })
  return succeed()
}

function wrong(message: string): Handled {
  return { reply: graphError({ ...invalid({ message }), code: 100, message: `(#100) ${message}` }), note: { errorCode: 100 } }
}

function notThere(id: string, method: string): Handled {
  return { reply: graphError(noSuchObject(id, method)), note: { errorCode: 100 } }
}
