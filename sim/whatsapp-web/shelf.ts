/** What WhatsApp's side remembers, in `<dataDir>/sim/whatsapp-web.jsonl`; null: in memory alone. Keys are bytes. */
import { BufferJSON } from 'baileys'
import { openShelf as open } from '../lib/shelf.ts'
import type { Shelf } from '../lib/shelf.ts'

export type { Drawer, Shelf } from '../lib/shelf.ts'

export function openShelf(dataDir: string | null): Shelf {
  return open(dataDir, 'whatsapp-web', BufferJSON)
}
