/** Files at Meta: reference/meta-cloud-api.md §8. */
import { bodyForm, fieldOf, json } from '../lib/http.ts'
import { ALLOWED_MIMES, isGoodLink, maxSize, metaLink, mimeOnWire, saveMedia } from '../media.ts'
import type { MediaFile, MetaNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { graphError, invalid, noSuchObject, numbered } from './answers.ts'
import type { GraphError } from './answers.ts'

/** Uploaded files live 30 days. */
const UPLOAD_LIFE_MS = 30 * 24 * 3600_000

/** `POST /<PNID>/media`, multipart → `{"id"}`. */
export async function uploadMedia({ sim, number, names, asked }: Call<MetaNumber>): Promise<Handled> {
  if (names.id !== number.id) return refused(noSuchObject(names.id ?? '', 'POST'))
  const form = await bodyForm(asked)
  const file = form?.get('file')
  if (fieldOf(form, 'messaging_product') !== 'whatsapp')
    return refused(invalid({ message: 'The parameter messaging_product is required.' }))
  if (!file || typeof file === 'string') return refused(invalid({ message: 'The parameter file is required.' }))
  const mime = (file.type || fieldOf(form, 'type')).split(';')[0]?.trim().toLowerCase() ?? ''
  if (!ALLOWED_MIMES.includes(mime)) {
    const known = ALLOWED_MIMES.join(', ')
    return refused(
      invalid({
        message: `Param file must be a file with one of the following types: ${known}. Received file of type '${mime || 'application/octet-stream'}'.`,
      }),
    )
  }
  if (file.size === 0 || file.size > maxSize(mime))
    return refused(numbered(131053, 'Media upload error', `File size ${file.size} is not allowed for ${mime}.`))
  const media = saveMedia(sim, number.id, new Uint8Array(await file.arrayBuffer()), mime, file.name || null)
  return { reply: json(200, { id: media.id }), note: { what: 'media', providerId: media.id, processed: true } }
}

/** `GET /<MEDIA_ID>`: where its bytes are for the next five minutes. */
export function describeMedia({ sim, number, asked }: Call<MetaNumber>, media: MediaFile): Handled {
  const asks = asked.query.get('phone_number_id')
  const isMine = media.numberId === number.id && (asks === null || asks === number.id)
  if (!isMine || sim.now() - media.at > UPLOAD_LIFE_MS) return refused(noSuchObject(media.id, 'GET'))
  const mime = mimeOnWire(media, { kind: 'any' })
  const url = metaLink(asked.origin, media, sim.now())
  const described = {
    messaging_product: 'whatsapp',
    url,
    mime_type: mime,
    sha256: media.sha256,
    file_size: media.size,
    id: media.id,
  }
  return { reply: json(200, described), note: { what: 'media', providerId: media.id, processed: true } }
}

/** The bytes. A stale address is 404, as with the real one. */
export function mediaBytes({ sim, number, asked }: Call<MetaNumber>): Handled {
  const id = asked.query.get('mid') ?? ''
  const media = sim.world.media.get(id)
  const bytes = sim.journal.readFile(id)
  const isGood = isGoodLink(id, asked.query.get('ext') ?? '', asked.query.get('hash') ?? '', sim.now())
  if (!media || !bytes || !isGood || media.numberId !== number.id) {
    return {
      reply: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'URL signature expired' },
      note: { what: 'media' },
    }
  }
  const name = (media.name ?? media.id).replaceAll(/[^\w.-]/g, '_')
  const headers = {
    'content-type': media.mime,
    'content-length': String(bytes.byteLength),
    'content-disposition': `inline;filename=${name}`,
  }
  return { reply: { status: 200, headers, body: bytes }, note: { what: 'media', providerId: id, processed: true } }
}

export function deleteMedia({ sim, number, names }: Call<MetaNumber>): Handled {
  const media = sim.world.media.get(names.id ?? '')
  if (media?.numberId !== number.id) return refused(noSuchObject(names.id ?? '', 'DELETE'))
  sim.world.record({ t: 'media', media: { ...media, numberId: null } })
  return { reply: json(200, { success: true }), note: { what: 'media', providerId: media.id, processed: true } }
}

function refused(error: GraphError): Handled {
  return { reply: graphError(error), note: { what: 'media', errorCode: error.code } }
}
