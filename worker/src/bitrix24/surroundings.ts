/** What a request to Bitrix24 needs of its surroundings: which hosts are Bitrix24's here, and which application of ours asks. */
import type { Asker } from '../lib/ask.ts'
import { settingsOf, type Env } from '../lib/env.ts'
import { unseal } from '../lib/seal.ts'
import { databaseOf } from '../lib/sql.ts'
import type { Hosts } from './rest/hosts.rules.ts'
import type { Client } from './rest/oauth.ts'
import * as store from './portals.store.ts'

export function hostsOf(env: Env): Hosts {
  const { production, bitrix24, appUrl } = settingsOf(env)
  return { oauth: bitrix24.oauth, own: appUrl, isLocal: !production && bitrix24.oauth.startsWith('http:') }
}

export function askerOf(timeoutMs: number): Asker {
  return { fetch: (url, init) => fetch(url, init), timeoutMs }
}

/** An address of ours as this application pastes or registers it. */
export function addressOf(env: Env, page: 'events' | 'app' | 'connector', appId: string | null): string {
  return `${settingsOf(env).appUrl}/bitrix24/${page}${appId === null ? '' : `?app=${appId}`}`
}

/** Where the secret of a local application is sealed. */
export const appPlace = (appId: string): string => `portal_app|sealed|${appId}`

/** The application that an address of ours names; without a name, that of the marketplace. Null: there is none such. */
export async function clientOf(env: Env, appId: string | null): Promise<Client | null> {
  if (appId === null) return settingsOf(env).bitrix24.client
  const app = await store.appBy(databaseOf(env), appId)
  return app && { id: app.clientId, secret: await unseal(app.sealed, appPlace(appId), settingsOf(env).keyring) }
}

export type PortalName = { appId: string | null; memberId: string }

/** The object of an installation. */
export function portalOf(env: Env, { appId, memberId }: PortalName) {
  return env.PORTALS.get(env.PORTALS.idFromName(`${appId ?? 'market'}|${memberId}`))
}
