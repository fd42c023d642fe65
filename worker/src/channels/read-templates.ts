/** Brings what a provider has to our table: on demand, on the provider's news, and for a number that was never read. */
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { wireOf } from '../lib/wire.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { channelByKey, type ChannelNow } from './lines.ts'
import { adapterOf } from './registry.ts'
import { keyOfChannel, templatesRead } from './templates.store.ts'
import type { TemplateFailure } from './channel.ts'

/** A provider with thousands of templates answers in pages; each must come within this time. */
const READ_MS = 12_000

/** Reads the templates of a number and tells phones of what has changed. */
export async function readTemplates(env: Env, channel: ChannelNow): Promise<{ ok: true } | TemplateFailure> {
  const adapter = adapterOf(channel.kind)
  if (!adapter) return { ok: true }
  const read = await adapter.templates.list(channel.line, wireOf(READ_MS))
  if (!read.ok) return read
  if (await templatesRead(databaseOf(env), channel.accountId, channel.id, read.templates)) {
    await deskOf(env, channel.accountId).tell(changeEvents({ templates: [{ channelId: channel.id }] }))
  }
  return { ok: true }
}

/** The same as a job. A provider that refuses us is not asked again by itself: its news, or a person, will. */
export async function readTemplatesJob(
  env: Env,
  accountId: string,
  channelId: string,
): Promise<{ done: true } | { done: false; again: boolean; code: string }> {
  const key = await keyOfChannel(databaseOf(env), accountId, channelId)
  const channel = key === null ? null : await channelByKey(env, key)
  if (!channel) return { done: true }
  const read = await readTemplates(env, channel)
  return read.ok || read.where ? { done: true } : { done: false, again: true, code: read.error.code }
}
