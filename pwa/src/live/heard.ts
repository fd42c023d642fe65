/** Which voice notes this person has played on this phone: WhatsApp tells a business nothing of it, so it is kept here. */
import { createSignal } from 'solid-js'
import { getMeta, putMeta, type LocalDb } from './local-db.ts'

const KEEP = 1_000

export function createHeard(db: LocalDb) {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set())
  return {
    has: (messageId: string): boolean => ids().has(messageId),
    add(messageId: string): void {
      if (ids().has(messageId)) return
      const next = [...ids(), messageId].slice(-KEEP)
      setIds(new Set(next))
      void putMeta(db, 'heard', next).catch(() => undefined)
    },
    async restore(): Promise<void> {
      setIds(new Set(await getMeta(db, 'heard')))
    },
  }
}
