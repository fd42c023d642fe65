/** Unofficial numbers: adding, linking and placing them. */
import type { OutputOf } from '#contract/endpoint.ts'
import * as nodes from '#contract/nodes.ts'
import * as sessions from '#contract/sessions.ts'
import * as z from 'zod'
import { toWholeNumber } from '../contacts/index.ts'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown, type Caller } from '../identity/index.ts'
import { toBase64Url } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal } from '../lib/seal.ts'
import { openWords, signWords } from '../lib/signed-link.ts'
import { deskOf } from '../live/index.ts'
import { sealPlace } from './lines.ts'
import { ChannelRow, shown, tell } from './routes.ts'
import { sessionOf } from './session-port.ts'
import { seen, seenByGuest } from './session-seen.ts'

type Way = { way: 'qr' | 'code'; phone?: string | undefined }

const INVITED_MS = 3_600_000
const Inner = z.object({ id: z.string(), key: z.string(), name: z.string() })

/** Checks that the caller looks after this number; an act leaves its mark in the audit log. */
async function numberOf(
  c: Request,
  channelId: string,
  action: string,
  facts: object | null = null,
): Promise<z.infer<typeof Inner>> {
  const { result } = await callKnown(c, 'channels.manage', 'api_session_act', { channelId, action, facts })
  return Inner.parse(JSON.parse(result))
}

async function addSession(c: Request, { name }: { name: string }): Promise<OutputOf<typeof sessions.addSession>> {
  const { caller } = await call(c, 'channels.manage', null, {})
  const id = newId()
  const key = toBase64Url(crypto.getRandomValues(new Uint8Array(24)))
  const sealed = await seal(JSON.stringify({ kind: 'session' }), sealPlace(id, caller.account.id), settingsOf(c.env).keyring)
  await sessionOf(c.env, id).begin({ accountId: caller.account.id, channelId: id, channelKey: key })
  const { result } = await call(c, 'channels.manage', 'api_session_add', { id, name, key, sealed })
  const channel = await tell(c, caller, shown(c, ChannelRow.parse(JSON.parse(result ?? 'null'))))
  // Whose sight goes by number has one more from now on, also who is online.
  await deskOf(c.env, caller.account.id).rightsChanged()
  return channel
}

/** The plan of a link, its number checked: a code is made for one number. */
function planOf({ way, phone }: Way, country: string): { do: 'link'; way: 'qr' | 'code'; phone: string | null } {
  if (way === 'qr') return { do: 'link', way, phone: null }
  const whole = phone === undefined ? null : toWholeNumber(phone, country)
  if (whole === null) throw new Refusal('phone_invalid', { country })
  return { do: 'link', way, phone: whole }
}

async function invite(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof sessions.inviteToLink>> {
  const { caller } = await call(c, 'channels.manage', null, {})
  const { name } = await numberOf(c, channelId, 'channel.link_invited')
  const until = Date.now() + INVITED_MS
  const token = await signWords('link invitation', [channelId, name, caller.account.country], until, settingsOf(c.env).keyring)
  return { url: `${settingsOf(c.env).appUrl}/enlazar/${token}`, until: new Date(until).toISOString() }
}

async function invited(c: Request, token: string): Promise<{ channelId: string; name: string; country: string }> {
  const [channelId, name, country] = (await openWords('link invitation', token, Date.now(), settingsOf(c.env).keyring)) ?? []
  if (typeof channelId !== 'string' || typeof name !== 'string' || typeof country !== 'string') throw new Refusal('link_spent')
  return { channelId, name, country }
}

const TypingTarget = z.object({
  channelId: z.string(),
  canTell: z.boolean(),
  to: z.object({ phone: z.optional(z.string()), lid: z.optional(z.string()) }),
})

function linkRoutes(app: App): void {
  serve(app, sessions.addSession, addSession)
  serve(app, sessions.watchSession, async (c, { channelId, rev }) => {
    await looksAfter(c, channelId)
    return seen(await sessionOf(c.env, channelId).watch(Number(rev ?? -1)))
  })
  serve(app, sessions.watchTyping, async (c, { chatId, now }) => {
    const { result } = await callKnown(c, 'chats.read', 'api_typing_target', { chatId })
    const { channelId, canTell, to } = TypingTarget.parse(JSON.parse(result))
    return { typing: canTell ? await sessionOf(c.env, channelId).typing(to, now) : 'no', canTell }
  })
  serve(app, sessions.linkSession, async (c, { channelId, ...way }) => {
    const { caller } = await call(c, 'channels.manage', null, {})
    const plan = planOf(way, caller.account.country)
    await numberOf(c, channelId, 'channel.linking', { way: way.way })
    return seen(await sessionOf(c.env, channelId).link(plan))
  })
  serve(app, sessions.reconnectSession, async (c, { channelId }) => {
    await numberOf(c, channelId, 'channel.reconnected')
    return seen(await sessionOf(c.env, channelId).reconnect())
  })
  serve(app, sessions.unlinkSession, async (c, { channelId }) => {
    await numberOf(c, channelId, 'channel.unlinked')
    return seen(await sessionOf(c.env, channelId).logout())
  })
  serve(app, sessions.importPast, async (c, { channelId, state, reach }) => {
    await numberOf(c, channelId, 'channel.history', { state, reach })
    return seen(await sessionOf(c.env, channelId).importPast(state, reach))
  })
  serve(app, sessions.fillGaps, async (c, { channelId }) => {
    await numberOf(c, channelId, 'channel.gaps')
    return seen(await sessionOf(c.env, channelId).fillGaps())
  })
  serve(app, sessions.inviteToLink, invite)
  serve(app, sessions.watchInvitation, async (c, { token, rev }) => {
    const { channelId, name } = await invited(c, token)
    return { name, session: seenByGuest(await sessionOf(c.env, channelId).watch(Number(rev ?? -1))) }
  })
  serve(app, sessions.linkInvited, async (c, { token, ...way }) => {
    const { channelId, name, country } = await invited(c, token)
    return { name, session: seenByGuest(await sessionOf(c.env, channelId).link(planOf(way, country))) }
  })
}

/** The company's own program that shall run a number, or our servers. */
async function place(
  c: Request,
  { channelId, nodeId }: { channelId: string; nodeId: string | null },
): Promise<OutputOf<typeof nodes.placeSession>> {
  await callKnown(c, 'channels.manage', 'api_session_place', { channelId, nodeId })
  return seen(await sessionOf(c.env, channelId).place(nodeId))
}

async function looksAfter(c: Request, channelId: string): Promise<Caller> {
  const { caller, result } = await call(c, 'channels.manage', 'api_channel_inner', { channelId })
  const row = z.object({ kind: z.string() }).parse(JSON.parse(result ?? '{"kind":""}'))
  if (row.kind !== 'session') throw new Refusal('not_found')
  return caller
}

export function sessionRoutes(app: App): void {
  linkRoutes(app)
  serve(app, nodes.placeSession, place)
}
