/** Pictures that customers show: kept in R2, served to who sees the contact. */
import type { To } from '#contract/session-node.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { callKnown } from '../identity/index.ts'
import type { Env } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { photoFound } from './channels.store.ts'
import { detectFile } from './file-kind.rules.ts'
import { stagedKey } from './session-port.ts'

const MOST_BYTES = 1_000_000
const DAYS_30_S = 30 * 86_400

const keyOf = (accountId: string, photo: string): string => `p/${accountId}/${photo}`

/** Puts the bytes in their place; null: they are no picture that a browser may show. */
async function stored(env: Env, accountId: string, staged: string): Promise<string | null> {
  const found = await env.MEDIA.get(staged)
  if (!found || found.size > MOST_BYTES) return null
  const bytes = new Uint8Array(await found.arrayBuffer())
  const kind = detectFile(bytes)
  if (kind?.mime !== 'image/jpeg' && kind?.mime !== 'image/png') return null
  const photo = newId()
  await env.MEDIA.put(keyOf(accountId, photo), bytes, { httpMetadata: { contentType: kind.mime } })
  return photo
}

/** Keeps what a number's node found of somebody's picture, and tells who sees them. False: there is no such contact (yet). */
export async function keepPhoto(
  env: Env,
  { accountId, channelId }: { accountId: string; channelId: string },
  to: To,
  askId: string | null,
): Promise<boolean> {
  const staged = askId === null ? null : stagedKey(channelId, askId)
  const photo = staged === null ? null : await stored(env, accountId, staged)
  const { known, old, changes } = await photoFound(databaseOf(env), accountId, to, photo)
  const gone = [staged, old ? keyOf(accountId, old) : null, !known && photo ? keyOf(accountId, photo) : null]
  await env.MEDIA.delete(gone.filter((key) => key !== null))
  if (changes) await deskOf(env, accountId).tell(changeEvents(changes))
  return known
}

const Found = z.object({ key: z.string() })

/** Its address names the picture, so it never changes: a phone keeps it, and shows it without a network. */
async function serve(c: Request): Promise<Response> {
  const { result } = await callKnown(c, 'chats.read', 'api_contact_photo', { contactId: c.req.param('contactId') })
  const file = await c.env.MEDIA.get(Found.parse(JSON.parse(result)).key)
  if (!file) throw new Refusal('not_found')
  const headers = new Headers({
    'content-type': file.httpMetadata?.contentType ?? 'image/jpeg',
    'content-length': String(file.size),
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': `private, max-age=${DAYS_30_S}, immutable`,
  })
  return new Response(file.body, { headers })
}

export function photoRoutes(app: App): void {
  app.get('/api/contacts/:contactId/photo', serve)
}
