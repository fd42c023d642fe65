/** An agent's phone: keeps the live stream with resume, folds it by `rev`, and sends messages until they are taken. */
import type { ServerFrame } from '#contract/live.ts'
import { Chat, Message } from '#contract/inbox.ts'
import WebSocket from 'ws'
import { pause } from './until.ts'

export type Phone = {
  chats: Map<string, Chat>
  messages: Map<string, Message>
  /** How often it was cut off, and how many events it has seen. */
  figures: { connections: number; events: number; resyncs: number; gaps: string[] }
  /** Cuts the connection, as a tunnel does. */
  cut(): void
  close(): void
}

function keepNewer<T extends { id: string; rev: number }>(store: Map<string, T>, row: T): void {
  const known = store.get(row.id)
  if (!known || row.rev >= known.rev) store.set(row.id, row)
}

/** Opens the stream from the very beginning and keeps it open until it is closed. */
export function startPhone(address: string, token: string): Phone {
  const figures: Phone['figures'] = { connections: 0, events: 0, resyncs: 0, gaps: [] }
  const chats = new Map<string, Chat>()
  const messages = new Map<string, Message>()
  let seen = 0
  let socket: WebSocket | undefined
  let open = true

  const apply = (frame: ServerFrame): void => {
    if (frame.t === 'resync') {
      figures.resyncs += 1
      seen = frame.seq
    }
    for (const { seq, prev, event } of frame.t === 'ev' ? frame.items : []) {
      if (prev !== seen) figures.gaps.push(`${prev} where ${seen} was expected`)
      seen = seq
      figures.events += 1
      if (event.type === 'chat') keepNewer(chats, Chat.parse(event.chat))
      if (event.type === 'message') keepNewer(messages, Message.parse(event.message))
      if (event.type === 'forget') chats.delete(event.chatId)
    }
    if (frame.t === 'ev') socket?.send(JSON.stringify({ t: 'ack', seq: seen }))
  }
  const connect = (): void => {
    if (!open) return
    figures.connections += 1
    const now = new WebSocket(`${address.replace('http', 'ws')}/api/live?since=${seen}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    socket = now
    now.on('message', (data) => {
      // What an earlier connection still had in its pipe was told again to this one.
      if (socket === now) apply(JSON.parse(String(data)))
    })
    now.on('error', () => undefined)
    now.on('close', () => void pause(100).then(connect))
  }
  connect()
  return {
    chats,
    messages,
    figures,
    cut: () => socket?.terminate(),
    close() {
      open = false
      socket?.terminate()
    },
  }
}

export type Outgoing = { id: string; chatId: string; text: string; tries: number; refused: string | null }

/** Posts a message with the same id until there is an answer that is not "later". */
export async function sendUntilTaken(address: string, token: string, message: Outgoing): Promise<void> {
  for (;;) {
    message.tries += 1
    try {
      const response = await fetch(`${address}/api/chats/${message.chatId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ id: message.id, kind: 'text', text: message.text }),
        signal: AbortSignal.timeout(15_000),
      })
      const text = await response.text()
      if (response.ok) return
      if (response.status < 500) {
        message.refused = `${response.status} ${text}`
        return
      }
    } catch {
      // No network, or no answer: the phone cannot know whether it was taken.
    }
    await pause(250)
  }
}
