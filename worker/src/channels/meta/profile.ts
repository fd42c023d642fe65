/** What customers read of the company: reference/meta-cloud-api.md §12. */
import type { Profile } from '#contract/channel-provider.ts'
import type { Line, NumberDetails, OutgoingFile, Told, Wire } from '../channel.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, listOf, nameOf, textOf } from '../../lib/untrusted.ts'
import { isGood, refused } from './answers.ts'
import { getGraph, metaOf, postToNumber } from './graph.ts'
import { uploadFile } from './upload.ts'

const FIELDS = 'about,address,description,email,websites,vertical,profile_picture_url'

/** The profile as it is; null when Graph does not give it. */
export async function readProfile(line: Line, wire: Wire): Promise<NumberDetails['profile']> {
  const id = encodeURIComponent(metaOf(line).phoneNumberId)
  const answer = await getGraph(line, wire, `${id}/whatsapp_business_profile?fields=${FIELDS}`)
  if (!isGood(answer)) return null
  const given = fieldsOf(listOf(fieldsOf(answer.json).data)[0])
  return {
    about: textOf(given.about, 139) ?? '',
    description: textOf(given.description, 512) ?? '',
    address: textOf(given.address, 256) ?? '',
    email: textOf(given.email, 128) ?? '',
    websites: listOf(given.websites, 2).flatMap((site) => textOf(site, 256) ?? []),
    vertical: nameOf(given.vertical, 60) ?? '',
    photo: textOf(given.profile_picture_url, 2000) ?? null,
  }
}

/** Graph takes no empty status and no empty kind of company: left out, they stay as they are. */
export async function saveProfile(line: Line, wire: Wire, profile: Profile): Promise<Told<null>> {
  const { about, vertical, ...rest } = profile
  const given = { ...rest, ...(about === '' ? {} : { about }), ...(vertical === '' ? {} : { vertical }) }
  return save(line, wire, given)
}

export async function savePhoto(line: Line, wire: Wire, photo: OutgoingFile): Promise<Told<null>> {
  const upload = await uploadFile(photo, line, wire)
  if (!upload.ok) return upload.answer ? refused(upload.answer) : notThere()
  return save(line, wire, { profile_picture_handle: upload.handle })
}

async function save(line: Line, wire: Wire, given: object): Promise<Told<null>> {
  const answer = await postToNumber(line, wire, 'whatsapp_business_profile', { messaging_product: 'whatsapp', ...given })
  if (isGood(answer)) return { ok: true, value: null }
  const told = refused(answer)
  return { ok: false, error: { ...told.error, ...wordsIn(answer) } }
}

/** Graph names the field that it does not take: those words help more than ours. */
function wordsIn(answer: Answer): { detail?: string } {
  const error = answer.came ? fieldsOf(fieldsOf(answer.json).error) : {}
  const words = textOf(error.error_user_msg, 300) ?? textOf(error.message, 300)?.replace(/^\(#\d+\)\s*/, '')
  return words ? { detail: words } : {}
}

function notThere(): Told<null> {
  return { ok: false, error: { providerCode: 'none', code: 'media_not_ready' } }
}
