/** Files for people and providers: upload, download with ranges, and addresses signed for a provider. */
import * as z from 'zod'
import { fetchMedia, MEDIA_MAX_BYTES } from '#contract/media.ts'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { Refusal } from '../lib/refusal.ts'
import { openLink, openWords } from '../lib/signed-link.ts'
import { TooLong } from '../lib/streams.ts'
import { cleanName } from '../lib/clean-text.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'
import { checkUpload } from './file-kind.rules.ts'
import { r2KeyOf, serveFile } from './files.ts'
import { detailsOf, soundIn } from './media-details.ts'
import { storeFile } from './store-file.ts'
import { uploadRoutes } from './uploads.ts'

const LARGEST = Math.max(...Object.values(MEDIA_MAX_BYTES))
const MediaRow = z.object({
  r2Key: z.nullable(z.string()),
  mime: z.string(),
  name: z.nullable(z.string()),
  state: z.string(),
})

async function upload(c: Request): Promise<Response> {
  const { caller } = await call(c, 'media.upload', null, {})
  const body = c.req.raw.body
  if (!body) throw new Refusal('bad_request', { where: 'body' })
  if (Number(c.req.header('content-length') ?? 0) > LARGEST) throw new Refusal('media_too_large', { maxBytes: LARGEST })
  const sound = soundIn(c.req.query('sound'))
  const id = newId()
  const r2Key = r2KeyOf(caller.account.id, id, new Date())
  const name = cleanName(c.req.query('name') ?? '', 200) || null
  const stored = await storeFile(c.env, r2Key, body, null).catch((error: unknown) => {
    if (error instanceof TooLong) throw new Refusal('media_too_large', { maxBytes: LARGEST })
    throw error
  })
  const declared = c.req.header('content-type') ?? ''
  const verdict = checkUpload(stored, declared, name, stored?.size ?? 0)
  if (!stored || !verdict.ok) {
    await c.env.MEDIA.delete(r2Key)
    throw new Refusal(
      verdict.ok ? 'media_kind_not_allowed' : verdict.code,
      stored ? { maxBytes: MEDIA_MAX_BYTES[stored.kind] } : undefined,
    )
  }
  const { mime, kind } = verdict
  const { result } = await call(c, 'media.upload', 'api_media_add', {
    id,
    r2Key,
    name,
    mime,
    kind,
    size: stored.size,
    sha256: stored.sha256,
    details: await detailsOf(c.env, r2Key, stored, sound),
  })
  return c.body(result ?? '', 200, { 'content-type': 'application/json' })
}

/** Pictures of a page in a portal's frame: they travel without cookie and without header, so their address says whose page it is. */
async function openTicket(c: Request): Promise<void> {
  const ticket = c.req.query('t')
  if (ticket === undefined) return
  const [hash] = (await openWords('frame files', ticket, Date.now(), settingsOf(c.env).keyring)) ?? []
  if (typeof hash === 'string') c.set('tokenHash', hash)
}

async function download(c: Request): Promise<Response> {
  await openTicket(c)
  const { result } = await call(c, 'chats.read', 'api_media', { mediaId: c.req.param('mediaId') })
  const file = result === null ? null : MediaRow.parse(JSON.parse(result))
  if (!file?.r2Key || file.state !== 'ready') throw new Refusal('not_found')
  return serveFile(c.env, c.req.raw, { key: file.r2Key, mime: file.mime, name: file.name })
}

const Wanted = z.object({ jobs: z.unknown(), messages: z.array(z.looseObject({ id: z.string() })), facts: Facts })

/** Somebody wants to see a file that was left where it is: it is on its way from now on, for everybody. */
async function bring(c: Request, mediaId: string): Promise<{ done: boolean }> {
  const { caller, result } = await callKnown(c, 'chats.read', 'api_media_fetch', { mediaId })
  const { jobs, ...changes } = Wanted.parse(JSON.parse(result))
  await Promise.all([wakeJobs(c.env, jobs), deskOf(c.env, caller.account.id).tell(changeEvents(changes))])
  return { done: true }
}

export function mediaRoutes(app: App): void {
  app.post('/api/media', upload)
  uploadRoutes(app)
  app.get('/api/media/:mediaId', download)
  serve(app, fetchMedia, (c, { mediaId }) => bring(c, mediaId))
  // A name may stand at the end, for whoever looks at addresses: what is signed says which file it is.
  app.on('GET', ['/files/:token', '/files/:token/:name'], async (c) => {
    const file = await openLink(c.req.param('token'), Date.now(), settingsOf(c.env).keyring)
    if (!file) throw new Refusal('not_found')
    return serveFile(c.env, c.req.raw, file)
  })
}
