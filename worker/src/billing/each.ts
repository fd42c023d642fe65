import { errorText, log } from '../lib/log.ts'

/** One that fails keeps no other from its turn: its next look is written down already. */
export async function each(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of ids) {
    await work(id).catch((error: unknown) => log('warn', { event: 'billing_sweep_failed', error: errorText(error) }))
  }
}
