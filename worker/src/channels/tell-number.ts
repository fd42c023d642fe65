import type { Env } from '../lib/env.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import { adapterOf } from './registry.ts'

/** Tells phones how a number is now, by its row. Its hook's key is a secret, and phones of all kinds hear this. */
export async function tellNumber(env: Env, accountId: string, row: { id: string } & Record<string, unknown>): Promise<void> {
  const { key: _key, ...seen } = row
  const channel = { ...seen, id: row.id, capabilities: adapterOf(String(row['kind']))?.capabilities ?? [], hookUrl: null }
  await deskOf(env, accountId).tell(changeEvents({ channels: [channel] }))
}
