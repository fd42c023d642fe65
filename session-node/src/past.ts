/** The phone's history, read on demand: a piece is fetched from WhatsApp, opened, and handed over slice by slice. */
import { downloadHistory, proto } from 'baileys'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { Ask, KeptMessage } from '#contract/session-node.ts'
import { bytesOf, meOf } from './journal.ts'
import type { Done } from './link.ts'
import type { Sender } from './outgoing.ts'
import { entriesOf, pairsOf, sliceOf } from './past.rules.ts'
import type { Slice } from './past.rules.ts'
import type { Me } from './translate.rules.ts'
import { fieldsOf } from './untrusted.rules.ts'

const inflated = promisify(inflate)
/** What was read last stays in memory for the next slice; nobody asks for so long: it goes. */
const REST_MS = 60_000
/** Words of this age are still quoted, reacted to and edited. */
const FRESH_MS = 30 * 86_400_000

type Read = { id: string; entries: ReturnType<typeof entriesOf> }

/** Of one number: at most one piece is open. */
export class PastReader {
  private read: Read | null = null
  private rest: NodeJS.Timeout | undefined

  /** One slice. What must be there later (files, words to quote) is durable before it is handed over. */
  async slice(sender: Sender, ask: Extract<Ask, { do: 'past' }>): Promise<Done> {
    const me = meOf(sender.keys.creds)
    if (!me) return { ok: false, code: 'session_away' }
    const read = this.read?.id === ask.piece ? this.read : await this.open(sender, ask, me)
    const wanted = { ...ask, me, now: Date.now() }
    const phones = await phonesOf(sender, read.entries.slice(ask.from, ask.from + ask.count))
    const { kept, ...past } = sliceOf(read.entries, wanted, phones)
    const late = kept.flatMap((one) => keptOf(one, wanted.now))
    if (late.length > 0) {
      sender.keys.add({ kept: late })
      await sender.keys.durable()
    }
    if (past.next === null) this.forget()
    else this.holdOn()
    return { ok: true, past }
  }

  forget(): void {
    clearTimeout(this.rest)
    this.read = null
  }

  private holdOn(): void {
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.forget(), REST_MS)
  }

  private async open({ socket }: Sender, ask: Extract<Ask, { do: 'past' }>, me: Me): Promise<Read> {
    this.forget()
    const told = proto.Message.HistorySyncNotification.decode(Buffer.from(ask.proto, 'base64'))
    const inline = told.initialHistBootstrapInlinePayload
    const sync = inline?.length ? proto.HistorySync.decode(await inflated(inline)) : await downloadHistory(told, {})
    const piece = fieldsOf(sync)
    await socket.signalRepository.lidMapping.storeLIDPNMappings(pairsOf(piece))
    this.read = { id: ask.piece, entries: entriesOf(piece, me) }
    return this.read
  }
}

/** Phones of those whom the piece names by LID alone, as far as this number has heard of them. */
async function phonesOf({ socket }: Sender, entries: Read['entries']): Promise<Map<string, string>> {
  const lids = new Set(entries.flatMap(({ chat: { customer } }) => (customer?.lid && !customer.phone ? [customer.lid] : [])))
  const found = new Map<string, string>()
  for (const lid of lids) {
    const phone = /^\d+/.exec((await socket.signalRepository.lidMapping.getPNForLID(`${lid}@lid`)) ?? '')?.[0]
    if (phone) found.set(lid, phone)
  }
  return found
}

function keptOf({ waId, jid, fromMe, content, hasFile, at }: Slice['kept'][number], now: number): KeptMessage[] {
  if (!hasFile && (at < now - FRESH_MS || Object.keys(content).length === 0)) return []
  return [{ waId, jid, fromMe, proto: bytesOf(content), ...(hasFile && { late: true as const }) }]
}
