/** Questions and small acts of the Session object: reading marks, files, pictures, who exists, older messages. */
import { downloadMediaMessage } from 'baileys'
import type { WAMessage } from 'baileys'
import type { Ask, KeptMessage } from '#contract/session-node.ts'
import type { Done } from './link.ts'
import { messageIn } from './journal.ts'
import { jidOf } from './outgoing.ts'
import type { Sender } from './outgoing.ts'
import { fieldsOf, numberOf } from './untrusted.rules.ts'

const GONE: ReadonlySet<number> = new Set([404, 410])
const FILE_MS = 120_000

/** Answers once; what goes wrong is a code, never an exception. */
export async function answerAsk(sender: Sender, ask: Ask): Promise<Done> {
  try {
    return await answered(sender, ask)
  } catch (error) {
    return { ok: false, code: codeOf(error), value: String(error instanceof Error ? error.message : error).slice(0, 200) }
  }
}

async function answered(sender: Sender, ask: Ask): Promise<Done> {
  const { socket } = sender
  switch (ask.do) {
    case 'read':
      return markRead(sender, ask.waId, ask.typing)
    case 'file':
      return handOver(sender, ask.waId, ask.url)
    case 'picture': {
      const url = await socket.profilePictureUrl(jidOf(ask.to), 'image')
      if (!url) return { ok: false, code: 'media_gone' }
      return put(
        ask.url,
        sender.token,
        Buffer.from(await (await fetch(url, { signal: AbortSignal.timeout(FILE_MS) })).arrayBuffer()),
      )
    }
    case 'exists': {
      const [found] = (await socket.onWhatsApp(ask.phone)) ?? []
      return found?.exists ? { ok: true, value: found.jid } : { ok: false, code: 'recipient_not_on_whatsapp' }
    }
    case 'history': {
      const { waId, fromMe, at } = ask.before
      const request = await socket.fetchMessageHistory(ask.count, { remoteJid: jidOf(ask.to), fromMe, id: waId }, at)
      return { ok: true, value: request }
    }
    case 'past':
      return sender.past.slice(sender, ask)
    case 'logout':
      await socket.logout()
      return { ok: true }
  }
}

async function markRead({ socket, kept }: Sender, waId: string, typing: boolean): Promise<Done> {
  const found = await kept(waId)
  if (!found) return { ok: false, code: 'message_malformed' }
  await socket.readMessages([keyOf(found)])
  if (typing) await socket.sendPresenceUpdate('composing', found.jid)
  return { ok: true }
}

const keyOf = ({ waId, jid, fromMe }: KeptMessage) => ({ remoteJid: jid, fromMe, id: waId })

async function handOver(sender: Sender, waId: string, url: string): Promise<Done> {
  const found = await sender.kept(waId)
  if (!found) return { ok: false, code: 'media_gone' }
  const message: WAMessage = { key: keyOf(found), message: messageIn(found.proto) }
  return put(url, sender.token, await fileOf(sender, message))
}

/** A file that is gone from its host is asked for again of the phone: the library's own way never does (reference/baileys.md §8). */
async function fileOf({ socket, logger }: Sender, message: WAMessage): Promise<Buffer> {
  const read = () => downloadMediaMessage(message, 'buffer', {}, { logger, reuploadRequest: socket.updateMediaMessage })
  try {
    return await read()
  } catch (error) {
    if (!GONE.has(statusOf(error))) throw error
    // Before it knows the hosts, the library looks for the new file on WhatsApp's usual one.
    await socket.refreshMediaConn()
    await socket.updateMediaMessage(message)
    return read()
  }
}

async function put(url: string, token: string, bytes: Buffer): Promise<Done> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
  const response = await fetch(url, {
    method: 'PUT',
    headers,
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(FILE_MS),
  })
  return response.ok ? { ok: true } : { ok: false, code: 'provider_unreachable' }
}

function statusOf(error: unknown): number {
  return numberOf(fieldsOf(fieldsOf(error)['output'])['statusCode']) ?? 0
}

function codeOf(error: unknown): string {
  return GONE.has(statusOf(error)) ? 'media_gone' : 'session_away'
}
