/** How the client database is reached: settings as people keep them, opened for one question. */
import type { ParsedOf } from '#contract/endpoint.ts'
import { changeClientSource, type testClientSource } from '#contract/clients.ts'
import * as z from 'zod'
import type { Request } from '../http/app.ts'
import { call, type Caller } from '../identity/index.ts'
import { reachOf, settingsOf, type Env } from '../lib/env.ts'
import { mayReach } from '../lib/public-address.ts'
import { Refusal } from '../lib/refusal.ts'
import { seal, unseal } from '../lib/seal.ts'
import { below, isHeaderName } from './client-address.rules.ts'
import type { Settings } from './client-map.rules.ts'
import type { Source } from './client-remote.ts'

/** What `client_source_inner` gives. */
export const Inner = z.nullable(z.object({ settings: z.unknown(), sealed: z.nullable(z.string()), accountId: z.string() }))
export type Inner = z.infer<typeof Inner>

const placeOf = (accountId: string): string => `client_source|sealed|${accountId}`

/** Settings as they are stored: only what the contract knows, without the secret. */
export function settingsIn(value: unknown): Settings {
  const { secret: _, ...settings } = changeClientSource.input.parse(value)
  return settings
}

function sourceWith(env: Env, country: string, settings: Settings, secret: string | null): Source {
  return { settings, secret, country, reach: reachOf(env) }
}

/** Opens what is stored, for a question; `country`: the company's. */
export async function sourceOf(env: Env, country: string, inner: NonNullable<Inner>): Promise<Source> {
  const { sealed, accountId } = inner
  const secret = sealed === null ? null : await unseal(sealed, placeOf(accountId), settingsOf(env).keyring)
  return sourceWith(env, country, settingsIn(inner.settings), secret)
}

/** The same for somebody who asks. */
export function opened(c: Request, caller: Caller, inner: NonNullable<Inner>): Promise<Source> {
  return sourceOf(c.env, caller.account.country, inner)
}

export function sealedSecret(env: Env, accountId: string, secret: string): Promise<string> {
  return seal(secret, placeOf(accountId), settingsOf(env).keyring)
}

/** Refuses what could never be asked, naming the field. */
function refuseUnaskable(source: Source): void {
  const { settings, reach } = source
  if (!mayReach(settings.baseUrl, reach)) throw new Refusal('address_refused', { where: 'baseUrl' })
  if (!below(settings.baseUrl, settings.listPath)) throw new Refusal('bad_request', { where: 'listPath' })
  if (!below(settings.baseUrl, settings.onePath.replaceAll('{id}', '1'))) throw new Refusal('bad_request', { where: 'onePath' })
  if (settings.auth === 'header' && !isHeaderName(settings.authName)) throw new Refusal('bad_request', { where: 'authName' })
  const keys = settings.fields.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw new Refusal('bad_request', { where: 'fields' })
}

/**
 * Settings that somebody has just typed, ready to be asked with. Without a new secret the kept one goes along, but never to
 * another place: whoever changes the address types it again.
 */
export async function typed(
  c: Request,
  input: ParsedOf<typeof changeClientSource> | ParsedOf<typeof testClientSource>,
): Promise<{ caller: Caller; source: Source; isKept: boolean }> {
  const { caller, result } = await call(c, 'clients.manage', 'api_client_source_inner', {})
  const inner = z.object({ source: Inner }).parse(JSON.parse(result ?? '{}')).source
  const settings = settingsIn(input)
  const fresh = sourceWith(c.env, caller.account.country, settings, input.secret ?? null)
  refuseUnaskable(fresh)
  if (input.secret !== undefined || settings.auth === 'none' || inner === null) return { caller, source: fresh, isKept: false }
  const kept = await opened(c, caller, inner)
  const isSame =
    new URL(kept.settings.baseUrl).origin === new URL(settings.baseUrl).origin && kept.settings.auth === settings.auth
  return isSame ? { caller, source: { ...kept, settings }, isKept: true } : { caller, source: fresh, isKept: false }
}
