/** The business profile of a number: reference/meta-cloud-api.md §12. */
import { fieldsOf, jsonIn, listOf, textOf } from '../lib/fields.ts'
import { json } from '../lib/http.ts'
import type { Reply } from '../lib/http.ts'
import type { MetaNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import type { Sim } from '../sim.ts'
import { graphError, invalid, noSuchObject } from './answers.ts'
import { succeed } from './nodes.ts'

const LIMITS = { about: 139, address: 256, description: 512, email: 128 } as const
const VERTICALS =
  'ALCOHOL APPAREL AUTO BEAUTY EDU ENTERTAIN EVENT_PLAN FINANCE GOVT GROCERY HEALTH HOTEL NONPROFIT ONLINE_GAMBLING OTC_DRUGS OTHER PHYSICAL_GAMBLING PROF_SERVICES RESTAURANT RETAIL TRAVEL'.split(
    ' ',
  )

export function readProfile({ names, number, asked }: Call<MetaNumber>): Handled {
  if (names.id !== number.id) return notThere(names.id ?? '', 'GET')
  const wanted = asked.query.get('fields')?.split(',') ?? ['about']
  const { photo, ...kept } = number.profile ?? {}
  const told = { ...kept, ...(photo !== undefined && { profile_picture_url: `${asked.origin}/meta/pps/${String(photo)}` }) }
  const known = Object.entries(told).filter(([name]) => wanted.includes(name))
  return { reply: json(200, { data: [{ ...Object.fromEntries(known), messaging_product: 'whatsapp' }] }) }
}

export function writeProfile({ sim, names, number, asked }: Call<MetaNumber>): Handled {
  if (names.id !== number.id) return notThere(names.id ?? '', 'POST')
  const { messaging_product: product, profile_picture_handle: handle, ...given } = fieldsOf(jsonIn(asked.body.toString('utf8')))
  if (product !== 'whatsapp') return wrong('The parameter messaging_product is required.')
  const problem = problemOf(given)
  if (problem !== null) return wrong(problem)
  const photo = photoOf(sim, handle)
  if (photo === null) return wrong('Param profile_picture_handle is not a valid upload handle of an image.')
  const profile = { ...number.profile, ...given, ...(photo !== undefined && { photo }) }
  sim.world.record({ t: 'number', number: { ...number, profile } })
  return succeed()
}

/** What Graph says to values that it does not take; null when it takes them. */
function problemOf(given: Record<string, unknown>): string | null {
  const tooLong = Object.entries(LIMITS).find(([name, max]) => String(given[name] ?? '').length > max)
  if (tooLong) return `Param ${tooLong[0]} must be at most ${tooLong[1]} characters long.`
  if (given.about === '') return 'Param about must be at least 1 characters long.'
  const email = textOf(given.email)
  if (email !== undefined && email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return 'Param email is not a valid email.'
  const sites = listOf(given.websites)
  if (sites.length > 2) return 'Param websites must have at most 2 items.'
  if (sites.some((site) => !/^https?:\/\/\S+\.\S+$/.test(textOf(site) ?? '')))
    return 'Param websites must be URLs that start with http:// or https://.'
  if (given.vertical !== undefined && !VERTICALS.includes(textOf(given.vertical) ?? ''))
    return `Param vertical must be one of {${VERTICALS.join(', ')}}.`
  return null
}

/** The picture behind a handle of a resumable upload; undefined: none was given, null: it is no picture. */
function photoOf(sim: Sim, handle: unknown): string | null | undefined {
  if (handle === undefined) return undefined
  const media = sim.world.media.get((textOf(handle) ?? '').replace(/^4::/, ''))
  return media?.mime.startsWith('image/') === true ? media.id : null
}

/** `GET /pps/<id>`: a profile picture, for everybody who has its address. */
export function photoReply(sim: Sim, id: string): Reply {
  const media = sim.world.media.get(id)
  const bytes = media && sim.journal.readFile(media.id)
  return media && bytes
    ? { status: 200, headers: { 'content-type': media.mime }, body: bytes }
    : { status: 404, headers: {}, body: '' }
}

function wrong(message: string): Handled {
  return { reply: graphError({ ...invalid({ message }), code: 100, message: `(#100) ${message}` }), note: { errorCode: 100 } }
}

function notThere(id: string, method: string): Handled {
  return { reply: graphError(noSuchObject(id, method)), note: { errorCode: 100 } }
}
