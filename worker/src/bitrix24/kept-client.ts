/** The application in whose name a portal's tokens are refreshed, also while the database is away. */
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import type { PortalStore } from './portal-store.ts'
import type { Client } from './rest/oauth.ts'
import { clientOf } from './surroundings.ts'

const Kept = z.object({ id: z.string(), secret: z.string() })

/** A local application's secret is kept in the portal's object too, sealed. */
export async function clientKept(env: Env, store: PortalStore, appId: string | null): Promise<Client | null> {
  if (appId === null) return clientOf(env, null)
  try {
    const client = await clientOf(env, appId)
    if (client) await store.setSecret('client', JSON.stringify(client))
    return client
  } catch {
    const kept = await store.secret('client')
    return kept === null ? null : Kept.parse(JSON.parse(kept))
  }
}
