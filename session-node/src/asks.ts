/** Questions and small acts of the Session object: reading marks, files, pictures, who exists, older messages. */
import type { Ask, KeptMessage } from '#contract/session-node.ts'
import type { Done } from './link.ts'
import { handOver } from './incoming-files.ts'
import { messageIn } from './journal.ts'
import { jidOf } from './outgoing.ts'
import type { Sender } from './outgoing.ts'
import { fieldsOf, numberOf } from './untrusted.rules.ts'

const GONE: ReadonlySet<number> = new Set([404, 410])
const FILE_MS = 120_000
/** The part of the account's state in which contacts are. */
const ADDRESS_BOOK = 'critical_unblock_low'

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
    case 'watch':
      return watch(sender, jidOf(ask.to))
    case 'file': {
      const found = await sender.kept(ask.waId)
      if (!found) return { ok: false, code: 'media_gone' }
      return handOver(sender, { key: keyOf(found), message: messageIn(found.proto) }, ask.url)
    }
    case 'picture': {
      const url = await socket.profilePictureUrl(jidOf(ask.to), 'preview').catch(pictureRefused)
      if (typeof url !== 'string') return { ok: false, code: url?.code ?? 'media_gone' }
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
    case 'contacts':
      // Forgotten how far it had read, it reads from the first change on.
      await sender.keys.store.set({ 'app-state-sync-version': { [ADDRESS_BOOK]: null } })
      await socket.resyncAppState([ADDRESS_BOOK], true)
      return { ok: true }
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

/** How long the number counts as being there once somebody has looked at a chat. */
const HERE_MS = 60_000
const leaving = new WeakMap<Sender['socket'], NodeJS.Timeout>()

/** WhatsApp tells only those who are there themselves whether somebody types. Meanwhile the phone itself shows no notifications. */
async function watch({ socket }: Sender, jid: string): Promise<Done> {
  const before = leaving.get(socket)
  clearTimeout(before)
  if (!before) await socket.sendPresenceUpdate('available')
  await socket.presenceSubscribe(jid)
  const leave = () => {
    leaving.delete(socket)
    socket.sendPresenceUpdate('unavailable').catch(() => undefined)
  }
  leaving.set(socket, setTimeout(leave, HERE_MS).unref())
  return { ok: true }
}

const keyOf = ({ waId, jid, fromMe }: KeptMessage) => ({ remoteJid: jid, fromMe, id: waId })

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

/** WhatsApp's word on a picture: there is none, or it is not for us. What else went wrong is thrown on. */
function pictureRefused(error: unknown): { code: string } {
  const code = numberOf(fieldsOf(error)['data'])
  if (code === 404) return { code: 'media_gone' }
  if (code === 401 || code === 403) return { code: 'picture_hidden' }
  throw error
}
