/** Asking a number's provider: how it does, where its hooks go, its profile. */
import * as provider from '#contract/channel-provider.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { wireOf } from '../lib/wire.ts'
import type { ChannelAdapter, Line } from './channel.ts'
import { channelByKey } from './lines.ts'
import { adapterOf } from './registry.ts'

const ASK_MS = 15_000
const Inner = z.object({ key: z.string(), archived: z.boolean() })

type Reached = { adapter: ChannelAdapter; line: Line; url: string }

/** The number with its credentials, for whoever may manage it. */
async function reach(c: Request, channelId: string): Promise<Reached> {
  const { result } = await call(c, 'channels.manage', 'api_channel_inner', { channelId })
  if (result === null) throw new Refusal('not_found')
  const { key, archived } = Inner.parse(JSON.parse(result))
  if (archived) throw new Refusal('channel_archived')
  const channel = await channelByKey(c.env, key)
  const adapter = channel && adapterOf(channel.kind)
  if (!channel) throw new Refusal('not_found')
  if (!adapter) throw new Refusal('kind_not_supported', { kind: channel.kind })
  return { adapter, line: channel.line, url: `${settingsOf(c.env).appUrl}/hooks/${channel.kind}/${key}` }
}

function pointsAt(url: string, hooks: string[] | null): OutputOf<typeof provider.askProvider>['hook']['points'] {
  if (hooks === null) return 'unknown'
  if (hooks.includes(url)) return 'here'
  return hooks.length > 0 ? 'elsewhere' : 'nowhere'
}

async function askProvider(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof provider.askProvider>> {
  const { adapter, line, url } = await reach(c, channelId)
  const told = await adapter.details(line, wireOf(ASK_MS))
  const hooks = told.ok ? told.value.hooks : null
  // Kept for the risk that the list of numbers shows: the provider tells it only when it is asked.
  const quality = told.ok ? told.value.number.quality : null
  if (quality) await call(c, 'channels.manage', 'api_channel_quality', { channelId, quality })
  return {
    ok: told.ok,
    code: told.ok ? null : told.error.code,
    askedAt: new Date().toISOString(),
    number: told.ok ? told.value.number : null,
    profile: told.ok ? told.value.profile : null,
    hook: {
      url,
      verifyToken: line.credentials.kind === 'meta' ? line.credentials.verifyToken : null,
      points: pointsAt(url, hooks),
      others: (hooks ?? []).filter((address) => address !== url).map(withoutSecret),
    },
  }
}

/** Another system's address may hold its key, as ours does: where it leads is enough. */
function withoutSecret(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/…` : '…'
}

async function connectHook(c: Request, { channelId }: { channelId: string }): Promise<OutputOf<typeof provider.connectHook>> {
  const { adapter, line, url } = await reach(c, channelId)
  const startedAt = Date.now()
  const told = await adapter.connectHook(line, wireOf(ASK_MS), url)
  const ms = Date.now() - startedAt
  return told.ok
    ? { ok: true, code: null, detail: null, ms }
    : { ok: false, code: told.error.code, detail: told.error.detail ?? null, ms }
}

async function changeProfile(
  c: Request,
  { channelId, profile }: z.output<typeof provider.changeProfile.input>,
): Promise<OutputOf<typeof provider.changeProfile>> {
  const { adapter, line } = await reach(c, channelId)
  if (!adapter.saveProfile) throw new Refusal('kind_not_supported', { kind: adapter.kind })
  const told = await adapter.saveProfile(line, wireOf(ASK_MS), profile)
  if (!told.ok) throw new Refusal('credentials_refused', { reason: told.error.code, providerCode: told.error.providerCode })
  return { profile }
}

/** Everything of contract/channel-provider.ts. */
export function providerRoutes(app: App): void {
  serve(app, provider.askProvider, askProvider)
  serve(app, provider.connectHook, connectHook)
  serve(app, provider.changeProfile, changeProfile)
}
