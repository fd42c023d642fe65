/** Numbers: list, add, change, pause, check. */
import * as channels from '#contract/channels.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, type Caller } from '../identity/index.ts'
import { toBase64Url } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal } from '../lib/seal.ts'
import { databaseOf } from '../lib/sql.ts'
import { wireOf } from '../lib/wire.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import * as z from 'zod'
import { channelVerdict } from './channels.store.ts'
import { channelByKey, lineOf, sealPlace, type StoredCredentials } from './lines.ts'
import { adapterOf } from './registry.ts'
import { templateRoutes } from './templates.ts'

type Channel = OutputOf<typeof channels.addChannel>
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

async function tell(c: Request, caller: Caller, channel: Channel): Promise<Channel> {
  // The hook's address is a secret, and phones of all kinds hear this.
  await deskOf(c.env, caller.account.id).tell(changeEvents({ channels: [{ ...channel, hookUrl: null }] }))
  return channel
}

function storedOf(
  credentials: z.infer<typeof channels.MetaCredentials> | z.infer<typeof channels.GupshupCredentials>,
): StoredCredentials {
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
function withVerifyToken(c: Request, stored: StoredCredentials): StoredCredentials {
  if (stored.kind !== 'meta' || stored.verifyToken || settingsOf(c.env).metaVerifyToken) return stored
  return { ...stored, verifyToken: toBase64Url(crypto.getRandomValues(new Uint8Array(18))) }
}

async function addChannel(c: Request, input: z.output<typeof channels.addChannel.input>): Promise<Channel> {
  const { caller } = await call(c, 'channels.manage', null, {})
  const id = newId()
  const phone = input.phone.replaceAll(/\D/g, '')
  const stored = withVerifyToken(c, storedOf(input.credentials))
  await refuseBadCredentials(c, caller.account.id, id, phone, stored)
  const { result } = await call(c, 'channels.manage', 'api_channel_add', {
    id,
    kind: stored.kind,
    name: input.name,
    key: toBase64Url(crypto.getRandomValues(new Uint8Array(24))),
    phone,
    line: stored.kind === 'meta' ? stored.phoneNumberId : stored.appId,
    sealed: await seal(JSON.stringify(stored), sealPlace(id, caller.account.id), settingsOf(c.env).keyring),
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
  const row = ChannelRow.extend({ phone: z.string() }).parse(JSON.parse(before ?? 'null') ?? missing())
  let sealed: string | undefined
  if (credentials) {
    if (credentials.kind !== row.kind) throw new Refusal('bad_request', { where: 'credentials.kind' })
    await refuseBadCredentials(c, caller.account.id, channelId, row.phone, storedOf(credentials))
    sealed = await seal(
      JSON.stringify(await keepingToken(c, row.key, credentials)),
      sealPlace(channelId, caller.account.id),
      settingsOf(c.env).keyring,
    )
  }
  const { result } = await call(c, 'channels.manage', 'api_channel_change', { channelId, name, settings, archived, sealed })
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  if (sealed) await deskOf(c.env, caller.account.id).resume(channelId)
  return channel
}

/** New credentials without a verify token keep the one that the provider knows already. */
async function keepingToken(c: Request, key: string | null, credentials: StoredCredentials): Promise<StoredCredentials> {
  if (credentials.kind !== 'meta' || credentials.verifyToken || key === null) return credentials
  const before = (await channelByKey(c.env, key, 0))?.line.credentials
  const token = before?.kind === 'meta' ? before.verifyToken : null
  return token && token !== settingsOf(c.env).metaVerifyToken
    ? { ...credentials, verifyToken: token }
    : withVerifyToken(c, credentials)
}

function missing(): never {
  throw new Refusal('not_found')
}

async function pauseChannel(c: Request, input: z.output<typeof channels.pauseChannel.input>): Promise<Channel> {
  const { caller, result } = await call(c, 'channels.pause', 'api_channel_pause', input)
  const channel = await tell(c, caller, shown(c, rowOf(result)))
  // Whoever still waits for the other half is held again by its own object.
  await deskOf(c.env, caller.account.id).resume(input.channelId)
  return channel
}

async function checkChannel(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof channels.checkChannel>> {
  const { caller, result } = await call(c, 'channels.read', 'api_channel_inner', { channelId })
  if (result === null) throw new Refusal('not_found')
  const channel = await channelByKey(c.env, Inner.parse(JSON.parse(result)).key)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel || !adapter) throw new Refusal('not_found')
  const health = await adapter.health(channel.line, wireOf(HEALTH_MS))
  const changed = await channelVerdict(databaseOf(c.env), channel.accountId, channel.id, health.ok ? null : health.error.code)
  if (changed) await tell(c, caller, shown(c, ChannelRow.parse(changed)))
  if (changed && health.ok) await deskOf(c.env, channel.accountId).resume(channel.id)
  return health.ok
    ? { ok: true, code: null, detail: health.displayName }
    : { ok: false, code: health.error.code, detail: health.error.detail ?? null }
}

export function channelRoutes(app: App): void {
  serve(app, channels.listChannels, async (c, input) => {
    const { result } = await call(c, 'channels.read', 'api_channels', input)
    const { items } = z.object({ items: z.array(ChannelRow) }).parse(JSON.parse(result ?? '{}'))
    return new RawJson(JSON.stringify({ items: items.map((row) => shown(c, row)) }))
  })
  serve(app, channels.addChannel, addChannel)
  serve(app, channels.changeChannel, changeChannel)
  serve(app, channels.pauseChannel, pauseChannel)
  serve(app, channels.checkChannel, checkChannel)
  templateRoutes(app)
}
