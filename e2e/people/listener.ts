/** A phone that only listens: everything that reached it, as text, and what it was told of its rights. */
import type { ServerFrame } from '#contract/live.ts'
import type { Me } from '#contract/session.ts'
import WebSocket from 'ws'
import type { Who } from './company.ts'

export type Listener = {
  frames: string[]
  mes: Me[]
  forgets: string[]
  heard(text: string): boolean
  resyncs(): number
  byes(): string[]
  close(): void
}

/** Resolves when the stream has begun. */
export async function listen(address: string, who: Who): Promise<Listener> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, { headers: { authorization: `Bearer ${who.token}` } })
  const frames: string[] = []
  const mes: Me[] = []
  const forgets: string[] = []
  let resyncs = 0
  const byes: string[] = []
  const begun = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    const text = String(data)
    frames.push(text)
    const frame: ServerFrame = JSON.parse(text)
    if (frame.t === 'hello') begun.resolve()
    if (frame.t === 'bye') byes.push(frame.code)
    if (frame.t === 'me') mes.push(frame.me)
    if (frame.t === 'resync') resyncs += 1
    for (const { event } of frame.t === 'ev' ? frame.items : []) if (event.type === 'forget') forgets.push(event.chatId)
  })
  socket.on('error', (error) => begun.reject(error))
  await begun.promise
  return {
    ...{ frames, mes, forgets },
    heard: (text) => frames.some((frame) => frame.includes(text)),
    resyncs: () => resyncs,
    byes: () => byes,
    close: () => socket.terminate(),
  }
}
