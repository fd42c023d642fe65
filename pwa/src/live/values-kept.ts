/** What the company's own database said of clients, kept so that quick replies can be filled without a network. */
import type { Chat } from '#contract/inbox.ts'
import type { QuickReply } from '#contract/quick-replies.ts'
import { fillText, variablesIn, type Values } from '#contract/variables.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import type { Desk } from './desk.ts'
import { getMeta, putMeta, type KeptValues } from './local-db.ts'

const KEEP = 300
/** Asked for again once they are this old; their database takes its time. */
const FRESH_MS = 15 * 60_000
const ASK_MS = 14_000
/** What the phone knows of every chat by itself. */
const OWN = new Set(['agente', 'cliente', 'numero', 'empresa', 'canal'])
const MASKED = '•••'

/** Nobody has connected a database: it is not asked for again by this start of the app. */
const unconnected = new WeakSet<object>()

/** Reads the values of a chat that is being looked at, should any quick reply need them one day. */
export async function keepValues(desk: Desk, { contact }: Chat, replies: readonly QuickReply[]): Promise<void> {
  if (!desk.may('clients.read') || unconnected.has(desk.db)) return
  if (!replies.some(({ text }) => variablesIn(text).some((name) => !OWN.has(name)))) return
  const all = (await getMeta(desk.db, 'values')) ?? []
  if (all.some(({ contactId, keptAt }) => contactId === contact.id && Date.now() - keptAt < FRESH_MS)) return
  const { connected, client } = await call(api.getClientOfContact, { contactId: contact.id }, { timeoutMs: ASK_MS })
  if (!connected) unconnected.add(desk.db)
  const rest = ((await getMeta(desk.db, 'values')) ?? []).filter(({ contactId }) => contactId !== contact.id)
  // Whom their database does not have (any more) nothing is kept of.
  const fresh: KeptValues[] = client
    ? [{ contactId: contact.id, values: shownOf(client.values), at: client.readAt, keptAt: Date.now() }]
    : []
  if (connected) await putMeta(desk.db, 'values', [...fresh, ...rest].slice(0, KEEP))
}

function shownOf(values: Record<string, { text: string | null; value: unknown }>): Values {
  return Object.fromEntries(Object.entries(values).flatMap(([key, { text }]) => (text === MASKED ? [] : [[key, text]])))
}

/** The text with what this phone knows. `stale`: what the client's database says is of `valuesAt`, and nobody was asked. */
export async function fillHere(desk: Desk, chat: Chat, text: string) {
  const { contact, channelId } = chat
  const kept = desk.may('clients.read')
    ? (await getMeta(desk.db, 'values'))?.find(({ contactId }) => contactId === contact.id)
    : undefined
  const own: Values = {
    ...{ agente: desk.me.person.name, cliente: contact.name, empresa: desk.me.account.name },
    canal: desk.channel(channelId)?.name,
    numero: desk.may('contacts.phone') && contact.phone ? `+${contact.phone}` : null,
  }
  const known = new Set(Object.entries(kept?.values ?? {}).flatMap(([name, value]) => (value ? [name] : [])))
  const usesKept = variablesIn(text).some((name) => !OWN.has(name) && known.has(name))
  const filled = fillText(text, { ...kept?.values, ...own })
  return { ...filled, valuesAt: usesKept ? (kept?.at ?? null) : null, stale: usesKept, isLocal: true }
}
