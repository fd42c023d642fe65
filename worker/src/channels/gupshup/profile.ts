/**
 * What customers read of the company, through Gupshup: `…/business/profile`, `…/about` and `…/photo`, the same below
 * both kinds of access (docs.gupshup.io, "Update Profile Details"). An app that is not live has none.
 */
import type { Profile } from '#contract/channel-provider.ts'
import type { Line, NumberDetails, OutgoingFile, Told, Wire } from '../channel.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, nameOf, textOf } from '../../lib/untrusted.ts'
import { askFor, isGood, refused } from './app.ts'

export async function readProfile(line: Line, wire: Wire): Promise<NumberDetails['profile']> {
  const [details, about, photo] = await Promise.all(
    ['', '/about', '/photo'].map((part) => askFor(line, wire, `business/profile${part}`, { method: 'GET' })),
  )
  if (!details || !isGood(details)) return null
  const given = fieldsOf(fieldsOf(details.json).profile)
  const said = about && isGood(about) ? fieldsOf(fieldsOf(about.json).about) : {}
  return {
    about: textOf(said.message, 139) ?? '',
    description: textOf(given.desc, 512) ?? '',
    address: textOf(given.address, 256) ?? '',
    email: textOf(given.profileEmail, 128) ?? '',
    websites: [given.website1, given.website2].flatMap((site) => textOf(site, 256) || []),
    vertical: nameOf(given.vertical, 60) ?? '',
    photo: photo && isGood(photo) ? (textOf(fieldsOf(photo.json).message, 2000) ?? null) : null,
  }
}

/** Gupshup takes no empty status; the address goes as its first line and comes back as one text. */
export async function saveProfile(line: Line, wire: Wire, profile: Profile): Promise<Told<null>> {
  const { about, description, address, email, websites, vertical } = profile
  const form = {
    ...{ desc: description, profileEmail: email, website1: websites[0] ?? '', website2: websites[1] ?? '' },
    ...(address === '' ? {} : { addLine1: address }),
    ...(vertical === '' ? {} : { vertical }),
  }
  const saved = await put(line, wire, 'business/profile', new URLSearchParams(form).toString())
  if (!saved.ok || about === '') return saved
  return put(line, wire, 'business/profile/about', new URLSearchParams({ about }).toString())
}

export async function savePhoto(line: Line, wire: Wire, photo: OutgoingFile): Promise<Told<null>> {
  const bytes = await photo.bytes().catch(() => null)
  if (!bytes) return { ok: false, error: { providerCode: 'none', code: 'media_not_ready' } }
  const form = new FormData()
  form.set('image', bytes, photo.name ?? 'logo.jpg')
  return put(line, wire, 'business/profile/photo', form)
}

async function put(line: Line, wire: Wire, resource: string, body: string | FormData): Promise<Told<null>> {
  const answer = await askFor(line, wire, resource, { method: 'PUT', body })
  return isGood(answer) ? { ok: true, value: null } : worded(answer)
}

/** Meta's words come inside `error`, Gupshup's own beside it. */
function worded(answer: Answer): Told<null> {
  const { error } = refused(answer)
  const inside = answer.came ? textOf(fieldsOf(fieldsOf(answer.json).error).message, 300) : undefined
  return { ok: false, error: inside ? { ...error, detail: inside } : error }
}
