import * as z from 'zod'
import type { Database } from '../lib/sql.ts'
import type { ProviderTemplate } from './channel.ts'

/** Notes all templates that a provider has. Says whether anything is new. */
export async function templatesRead(
  db: Database,
  accountId: string,
  channelId: string,
  templates: readonly ProviderTemplate[],
): Promise<boolean> {
  const [row] = await db.query(
    'select templates_read($1, $2, $3) as changed',
    [accountId, channelId, JSON.stringify(templates)],
    15_000,
  )
  return row?.['changed'] === true
}

/** The hook's key of a number; null when it is archived. */
export async function keyOfChannel(db: Database, accountId: string, channelId: string): Promise<string | null> {
  const [row] = await db.query('select key_of_channel($1, $2) as key', [accountId, channelId])
  return z.nullable(z.string()).parse(row?.['key'] ?? null)
}
