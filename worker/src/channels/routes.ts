/** Numbers: list, add, change, pause, check. */
import * as provider from '#contract/channel-provider.ts'
import * as channels from '#contract/channels.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { toWholeNumber } from '../contacts/index.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown, type Caller } from '../identity/index.ts'
import { toBase64Url } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal } from '../lib/seal.ts'
import { wireOf } from '../lib/wire.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import * as z from 'zod'
import { channelVerdict } from './channels.store.ts'
import { channelByKey, lineOf, sealPlace, storedBehind, type StoredCredentials } from './lines.ts'
import { adapterOf } from './registry.ts'
import { followArchive, wakeSession } from './session-port.ts'
import { templateRoutes } from './templates.ts'
import { askAbout } from './watch.ts'

type Channel = OutputOf<typeof channels.addChannel>
/** What a number is reached with at its provider: a session has nothing of the kind. */
type Keyed = Exclude<StoredCredentials, { kind: 'session' }>
export const ChannelRow = z.looseObject({
  id: z.string(),
  kind: z.enum(['meta', 'gupshup', 'session']),
  key: z.nullable(z.string()),
})
const Inner = z.object({ key: z.string() })
const HEALTH_MS = 10_000

/** A channel row as the contract shows it: with its hook's address and what it can do, without its key. */
export function shown(c: Request, row: z.infer<typeof ChannelRow>): Channel {
  const { key, ...rest } = row
  return channels.Channel.parse({
    ...rest,
    capabilities: adapterOf(row.kind)?.capabilities ?? [],
    hookUrl: key === null ? null : `${settingsOf(c.env).appUrl}/hooks/${row.kind}/${key}`,
  })
}

function rowOf(result: string | null): z.infer<typeof ChannelRow> {
  if (result === null) throw new Refusal('not_found')
  return ChannelRow.parse(JSON.parse(result))
}

export async function tell(c: Request, caller: Caller, channel: Channel): Promise<Channel> {
  // The hook's address and what is known of the key are for some, and phones of all kinds hear this.
  await deskOf(c.env, caller.account.id).tell(changeEvents({ channels: [{ ...channel, hookUrl: null, secret: null }] }))
  return channel
}

function storedOf(credentials: z.infer<typeof channels.MetaCredentials> | z.infer<typeof channels.GupshupCredentials>): Keyed {
  return credentials
}

/** Asks the provider before anything is stored: wrong credentials are told at once, in words. */
async function refuseBadCredentials(
  c: Request,
  accountId: string,
  channelId: string,
  phone: string,
  stored: StoredCredentials,
): Promise<void> {
  const health = await adapterOf(stored.kind)?.health(lineOf(c.env, channelId, accountId, phone, stored), wireOf(HEALTH_MS))
  if (health && !health.ok)
    throw new Refusal('credentials_refused', { reason: health.error.code, providerCode: health.error.providerCode })
  await refuseOtherNumber(c, accountId, channelId, phone, stored)
}

/** Where the provider tells whose number it is, it must be this one: by its last digits, since 52 and 54 are written in two ways. */
async function refuseOtherNumber(
  c: Request,
  accountId: string,
  channelId: string,
  phone: string,
  stored: StoredCredentials,
): Promise<void> {
  const told = await adapterOf(stored.kind)?.details(lineOf(c.env, channelId, accountId, phone, stored), wireOf(HEALTH_MS))
  const theirs = told?.ok ? told.value.number.phone : null
  if (theirs && theirs.slice(-8) !== phone.slice(-8)) throw new Refusal('number_mismatch', { phone: theirs })
}

/** A word for the provider's first call, where nobody has given one: it is shown to be pasted there. */
function withVerifyToken(c: Request, stored: Keyed): Keyed {
  if (stored.kind !== 'meta' || stored.verifyToken || settingsOf(c.env).metaVerifyToken) return stored
  return { ...stored, verifyToken: toBase64Url(crypto.getRandomValues(new Uint8Array(18))) }
}

async function addChannel(c: Request, input: z.output<typeof channels.addChannel.input>): Promise<Channel> {
  const { caller } = await call(c, 'channels.manage', null, {})
  const id = newId()
  const phone = toWholeNumber(input.phone, caller.account.country)
  if (phone === null) throw new Refusal('phone_invalid', { country: caller.account.country })
  const stored = withVerifyToken(c, storedOf(input.credentials))
  await refuseBadCredentials(c, caller.account.id, id, phone, stored)
  const { result } = await call(c, 'channels.manage', 'api_channel_add', {
    id,
    kind: stored.kind,
    name: input.name,
    key: toBase64Url(crypto.getRandomValues(new Uint8Array(24))),
    phone,
    line: stored.kind === 'meta' ? stored.phoneNumberId : stored.appId,
    ...(await sealedAway(c, stored, id, caller.account.id)),
  })
  if (result === null) throw new Refusal('channel_taken')
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  // Everybody whose sight goes by number has one more from now on, also who is online.
  await deskOf(c.env, caller.account.id).rightsChanged()
  return channel
}

async function changeChannel(c: Request, input: z.output<typeof channels.changeChannel.input>): Promise<Channel> {
  const { channelId, name, settings, archived, credentials } = input
  const { caller, result: before } = await call(c, 'channels.manage', 'api_channel', { channelId })
  // A number that was never linked has no phone yet.
  const row = ChannelRow.extend({ phone: z.nullable(z.string()) }).parse(JSON.parse(before ?? 'null') ?? missing())
  if (credentials && credentials.kind !== row.kind) throw new Refusal('bad_request', { where: 'credentials.kind' })
  if (credentials) await refuseBadCredentials(c, caller.account.id, channelId, row.phone ?? '', storedOf(credentials))
  const secret = credentials
    ? await sealedAway(c, await following(c, row.key, credentials), channelId, caller.account.id)
    : undefined
  const { result } = await call(c, 'channels.manage', 'api_channel_change', { channelId, name, settings, archived, ...secret })
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  if (archived !== undefined) await followArchive(c.env, channel)
  if (secret) await freshly(c, row.key)
  if (secret) await deskOf(c.env, caller.account.id).resume(channelId)
  return channel
}

/** What leaves from here on leaves with the new key; elsewhere within the seconds that a number is remembered for. */
async function freshly(c: Request, key: string | null): Promise<void> {
  if (key !== null) await channelByKey(c.env, key, 0)
}

/** What is written of credentials: sealed, and what people may see of the key. */
async function sealedAway(c: Request, stored: Keyed, channelId: string, accountId: string) {
  const key = stored.kind === 'meta' ? stored.accessToken : stored.apiKey
  const sealed = await seal(JSON.stringify(stored), sealPlace(channelId, accountId), settingsOf(c.env).keyring)
  return { sealed, ending: key.slice(-4) }
}

/**
 * Another key for a number. Nothing stops meanwhile: the provider is asked with the new one while the old one goes on
 * working, and whatever was refused by the old one leaves afterwards.
 */
async function changeKey(c: Request, { channelId, key }: z.output<typeof provider.changeKey.input>): Promise<Channel> {
  const { caller, result: before } = await call(c, 'channels.manage', 'api_channel', { channelId })
  const row = ChannelRow.extend({ phone: z.string() }).parse(JSON.parse(before ?? 'null') ?? missing())
  const stored = row.key === null ? null : await storedBehind(c.env, row.key)
  if (!stored || stored.kind === 'session') throw new Refusal('not_found')
  const next: Keyed = stored.kind === 'meta' ? { ...stored, accessToken: key } : { ...stored, apiKey: key }
  await refuseBadCredentials(c, caller.account.id, channelId, row.phone, next)
  const secret = await sealedAway(c, next, channelId, caller.account.id)
  const { result } = await call(c, 'channels.manage', 'api_channel_change', { channelId, ...secret })
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  await freshly(c, row.key)
  await deskOf(c.env, caller.account.id).resume(channelId)
  return channel
}

/** As long as hooks that were signed before may still be repeated: reference/meta-cloud-api.md §2. */
const OLD_SECRET_MS = 7 * 86_400_000

/** New credentials keep the verify token that the provider knows, and the secret that its hooks on the way are signed with. */
async function following(c: Request, key: string | null, credentials: Keyed): Promise<Keyed> {
  if (credentials.kind !== 'meta' || key === null) return credentials
  const before = await storedBehind(c.env, key)
  if (before?.kind !== 'meta') return withVerifyToken(c, credentials)
  const { appSecret = before.appSecret, verifyToken = before.verifyToken, wabaId = before.wabaId, ...rest } = credentials
  const changes = appSecret !== undefined && before.appSecret !== undefined && appSecret !== before.appSecret
  const until = new Date(Date.now() + OLD_SECRET_MS).toISOString()
  return withVerifyToken(c, {
    ...rest,
    ...(wabaId ? { wabaId } : {}),
    ...(appSecret ? { appSecret } : {}),
    ...(verifyToken ? { verifyToken } : {}),
    ...(changes && before.appSecret ? { oldSecret: { value: before.appSecret, until } } : {}),
  })
}

function missing(): never {
  throw new Refusal('not_found')
}

async function pauseChannel(c: Request, input: z.output<typeof channels.pauseChannel.input>): Promise<Channel> {
  const { caller, result } = await call(c, 'channels.pause', 'api_channel_pause', input)
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  // Whoever still waits for the other half is held again by its own object.
  await deskOf(c.env, caller.account.id).resume(input.channelId)
  await wakeSession(c.env, channel)
  return channel
}

async function checkChannel(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof channels.checkChannel>> {
  const { caller, result } = await callKnown(c, 'channels.read', 'api_channel_inner', { channelId })
  const channel = await channelByKey(c.env, Inner.parse(JSON.parse(result)).key, 0)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter) throw new Refusal('not_found')
  const health = await adapter.health(channel.line, wireOf(HEALTH_MS))
  // Without credit the next message would be refused: said before it is tried.
  const alerts = health.ok ? await askAbout(c.env, channel) : []
  const code = health.ok ? (alerts.includes('credit_out') ? 'wallet_empty' : null) : health.error.code
  // How an unofficial number stands is for its own object to say: it would never take this back.
  const changed = channel.kind === 'session' ? null : await channelVerdict(c.env, channel.accountId, channel.id, code)
  if (changed) await tell(c, caller, shown(c, ChannelRow.parse(changed)))
  if (changed && code === null) await deskOf(c.env, channel.accountId).resume(channel.id)
  return { ok: code === null, code, detail: health.ok ? health.displayName : (health.error.detail ?? null) }
}

export function channelRoutes(app: App): void {
  serve(app, channels.listChannels, async (c, input) => {
    const { result } = await call(c, 'channels.read', 'api_channels', input)
    const { items } = z.object({ items: z.array(ChannelRow) }).parse(JSON.parse(result ?? '{}'))
    return new RawJson(JSON.stringify({ items: items.map((row) => shown(c, row)) }))
  })
  serve(app, channels.addChannel, addChannel)
  serve(app, channels.changeChannel, changeChannel)
  serve(app, provider.changeKey, changeKey)
  serve(app, channels.pauseChannel, pauseChannel)
  serve(app, channels.checkChannel, checkChannel)
  templateRoutes(app)
}
