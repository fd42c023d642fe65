/** The way between one session-node and WhatsApp: bytes in both directions, which can stand still or be cut off. What they say is sealed. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Direction } from './wire.ts'

export type Line = Awaited<ReturnType<typeof openLine>>

/** A proxy in front of the simulated WhatsApp. `up`: from the node. */
export async function openLine(whatsappUrl: string) {
  const to = new URL(whatsappUrl)
  const open = new Set<Socket>()
  const frozen = new Set<Direction>()
  const held: Record<Direction, number> = { up: 0, down: 0 }
  let isAway = false
  const server = createServer((node) => {
    if (isAway) return void node.destroy()
    const whatsapp = connect(Number(to.port), to.hostname)
    const carry = (direction: Direction, target: Socket) => (bytes: Buffer) => {
      if (frozen.has(direction)) held[direction] += bytes.length
      else target.write(bytes)
    }
    node.on('data', carry('up', whatsapp))
    whatsapp.on('data', carry('down', node))
    for (const end of [node, whatsapp]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        node.destroy()
        whatsapp.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the line has no address')
  return {
    url: `${to.protocol}//127.0.0.1:${at.port}${to.pathname}`,
    /** What is said from now on is held back for good. */
    freeze: (direction: Direction) => void frozen.add(direction),
    /** How many bytes were held back. */
    held: (direction: Direction) => held[direction],
    /** WhatsApp is out of reach, as if the network were gone. */
    away(is: boolean) {
      isAway = is
      if (is) for (const end of open) end.destroy()
    },
    async close() {
      for (const end of open) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
