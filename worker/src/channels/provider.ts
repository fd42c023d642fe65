/** Asking a number's provider: how it does, where its hooks go, its profile. */
import * as provider from '#contract/channel-provider.ts'
import type { ProviderError } from '#contract/channel-event.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { natureOf } from '#contract/failures.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { wireOf } from '../lib/wire.ts'
import type { ChannelAdapter, Line, NumberDetails } from './channel.ts'
import { fileOf } from './files.ts'
import { channelByKey, type ChannelNow } from './lines.ts'
import { pictureAt } from './picture.ts'
import { adapterOf } from './registry.ts'
import { askAbout, hookUrlOf, keepTold, pointsAt } from './watch.ts'

const ASK_MS = 15_000
const Inner = z.object({ key: z.string(), archived: z.boolean() })

type Reached = { adapter: ChannelAdapter; channel: ChannelNow; url: string }

/** The number with its credentials, for whoever may manage it. */
async function reach(c: Request, channelId: string): Promise<Reached> {
  const { result } = await callKnown(c, 'channels.manage', 'api_channel_inner', { channelId })
  const { key, archived } = Inner.parse(JSON.parse(result))
  if (archived) throw new Refusal('channel_archived')
  // As it is now: somebody may have changed its key a moment ago.
  const channel = await channelByKey(c.env, key, 0)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel) throw new Refusal('not_found')
  if (!adapter) throw new Refusal('kind_not_supported', { kind: channel.kind })
  return { adapter, channel, url: hookUrlOf(c.env, channel) }
}

async function askProvider(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof provider.askProvider>> {
  const { adapter, channel, url } = await reach(c, channelId)
  const told = await adapter.details(channel.line, wireOf(ASK_MS))
  const hooks = told.ok ? told.value.hooks : null
  const points = pointsAt(url, hooks)
  const kept = await keepTold(c.env, channel, told.ok ? { number: told.value.number, points } : { code: told.error.code })
  return {
    ok: told.ok,
    code: told.ok ? null : told.error.code,
    askedAt: new Date().toISOString(),
    ...kept,
    profile: told.ok ? await withPicture(channel.line, told.value.profile) : null,
    hook: {
      url,
      verifyToken: channel.line.credentials.kind === 'meta' ? channel.line.credentials.verifyToken : null,
      points,
      others: (hooks ?? []).filter((address) => address !== url).map(withoutSecret),
    },
  }
}

async function withPicture(line: Line, profile: NumberDetails['profile']): Promise<provider.ProfileTold | null> {
  return profile && { ...profile, photo: profile.photo === null ? null : await pictureAt(line, profile.photo) }
}

/** Another system's address may hold its key, as ours does: where it leads is enough. */
function withoutSecret(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/…` : '…'
}

async function connectHook(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof provider.connectHook>> {
  const { adapter, channel, url } = await reach(c, channelId)
  const startedAt = Date.now()
  const told = await adapter.connectHook(channel.line, wireOf(ASK_MS), url)
  const ms = Date.now() - startedAt
  // What was wrong with the way here is over: asked again, so that the alert ends.
  if (told.ok) await askAbout(c.env, channel).catch(() => undefined)
  return told.ok
    ? { ok: true, code: null, detail: null, ms }
    : { ok: false, code: told.error.code, detail: told.error.detail ?? null, ms }
}

/** A provider's "no" to a profile, in its own words; whatever else stands in the way, in ours. */
function refusedProfile({ code, providerCode, detail }: ProviderError): Refusal {
  if (natureOf(code).stops === 'channel' || code === 'provider_unreachable')
    return new Refusal('credentials_refused', { reason: code, providerCode })
  return new Refusal('profile_refused', { reason: code, providerCode, ...(detail ? { detail } : {}) })
}

async function changeProfile(
  c: Request,
  { channelId, profile }: z.output<typeof provider.changeProfile.input>,
): Promise<OutputOf<typeof provider.changeProfile>> {
  const { adapter, channel } = await reach(c, channelId)
  const told = await adapter.saveProfile(channel.line, wireOf(ASK_MS), profile)
  if (!told.ok) throw refusedProfile(told.error)
  await call(c, 'channels.manage', 'api_channel_noted', { channelId, what: { profile } })
  return { profile }
}

const Picture = z.object({ r2Key: z.string(), mime: z.string(), name: z.nullable(z.string()), size: z.number() })
const PICTURE_MAX_BYTES = 5 * 1024 * 1024

async function changePhoto(
  c: Request,
  { channelId, mediaId }: z.output<typeof provider.changePhoto.input>,
): Promise<OutputOf<typeof provider.changePhoto>> {
  const { adapter, channel } = await reach(c, channelId)
  const { result } = await call(c, 'channels.manage', 'api_media', { mediaId })
  const file = Picture.safeParse(JSON.parse(result ?? 'null'))
  if (!file.success) throw new Refusal('media_not_found')
  if (file.data.mime !== 'image/jpeg' && file.data.mime !== 'image/png') throw new Refusal('media_kind_not_allowed')
  if (file.data.size > PICTURE_MAX_BYTES) throw new Refusal('media_too_large', { maxBytes: PICTURE_MAX_BYTES })
  const told = await adapter.savePhoto(channel.line, wireOf(ASK_MS), fileOf(c.env, file.data))
  if (!told.ok) throw refusedProfile(told.error)
  await call(c, 'channels.manage', 'api_channel_noted', { channelId, what: { photo: file.data.mime } })
  const now = await adapter.details(channel.line, wireOf(ASK_MS))
  return { photo: now.ok ? ((await withPicture(channel.line, now.value.profile))?.photo ?? null) : null }
}

/** Everything of contract/channel-provider.ts. */
export function providerRoutes(app: App): void {
  serve(app, provider.askProvider, askProvider)
  serve(app, provider.connectHook, connectHook)
  serve(app, provider.changeProfile, changeProfile)
  serve(app, provider.changePhoto, changePhoto)
  serve(app, provider.setLowCredit, async (c, input) => {
    const { result } = await callKnown(c, 'channels.manage', 'api_low_credit_set', input)
    return new RawJson(result)
  })
}
