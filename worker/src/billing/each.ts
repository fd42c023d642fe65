import { errorText, log } from '../lib/log.ts'

/** A part of the sweep that fails is logged and keeps no other from its turn: its next look is written down already. */
export async function tried(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log('warn', { event: 'billing_sweep_failed', error: errorText(error) }))
}

/** Each of them, one after the other. */
export async function each(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of ids) await tried(() => work(id))
}
