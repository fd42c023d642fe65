/** The job that copies a customer's file from the provider to R2, before the provider forgets it. */
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { databaseOf } from '../lib/sql.ts'
import { TooLong } from '../lib/streams.ts'
import { wireOf } from '../lib/wire.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { mediaSettled, mediaToFetch, type MediaSettled } from './channels.store.ts'
import { r2KeyOf } from './files.ts'
import { channelByKey } from './lines.ts'
import { detailsOf } from './media-details.ts'
import { adapterOf } from './registry.ts'
import { storeFile } from './store-file.ts'

const FETCH_MS = 60_000

export type JobOutcome = { done: true } | { done: false; again: boolean; code: string; afterS?: number | undefined }

async function settle(env: Env, accountId: string, mediaId: string, how: MediaSettled): Promise<void> {
  const { jobs, ...changes } = await mediaSettled(databaseOf(env), accountId, mediaId, how)
  await deskOf(env, accountId).tell(changeEvents(changes))
  // An open line waits with the message for its file.
  await wakeJobs(env, jobs)
}

/** A number that is away, or changes its program, is back within a minute as a rule: then its files are not left to the job's own pauses. */
function soonAfter(code: string, tries: number): number | undefined {
  return (code === 'session_away' || code === 'provider_unreachable') && tries <= 4 ? 10 : undefined
}

/**
 * Copies one file. Doing it twice is harmless: the key is the file's own. `last` is the final try: what does not come
 * then is shown as lost, with the reason, and a person may ask again.
 */
export async function fetchMedia(
  env: Env,
  accountId: string,
  mediaId: string,
  last: boolean,
  tries: number,
): Promise<JobOutcome> {
  const wanted = await mediaToFetch(databaseOf(env), accountId, mediaId)
  if (!wanted || wanted.state === 'ready') return { done: true }
  const channel = await channelByKey(env, wanted.channelKey)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter) return { done: true }
  const ref = { id: wanted.ref?.id ?? undefined, url: wanted.ref?.url ?? undefined }
  const found = await adapter.fetchMedia(ref, channel.line, wireOf(FETCH_MS))
  if (!found.ok) {
    if (!found.again || last) await settle(env, accountId, mediaId, { state: 'lost', reason: found.error.code })
    return { done: false, again: found.again, code: found.error.code, afterS: soonAfter(found.error.code, tries) }
  }
  const r2Key = r2KeyOf(accountId, mediaId, new Date(wanted.createdAt))
  try {
    const stored = await storeFile(env, r2Key, found.body, wanted.mime)
    if (!stored) return { done: false, again: false, code: 'media_download_failed' }
    const details = await detailsOf(env, r2Key, stored, null)
    const { mime, size, sha256 } = stored
    await settle(env, accountId, mediaId, { state: 'ready', r2Key, mime, size, sha256, details })
    return { done: true }
  } catch (error) {
    if (!(error instanceof TooLong)) {
      if (last) await settle(env, accountId, mediaId, { state: 'lost', reason: 'media_download_failed' })
      throw error
    }
    await settle(env, accountId, mediaId, { state: 'lost', reason: 'media_too_big' })
    return { done: false, again: false, code: 'media_too_big' }
  }
}
