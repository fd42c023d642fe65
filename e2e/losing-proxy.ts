/**
 * A network that loses answers: what is sent arrives, and what comes back to it never does. It stands between the browser and
 * the product, at a TCP address of its own, and knows nothing of either but what passes by.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type LosingProxy = {
  address: string
  /** Requests whose answer was lost. */
  lost(): number
  close(): Promise<void>
}

const WRITING = /POST \/api\/chats\/[\w-]+\/messages /
const ID = /"id":"([\w-]{36})"/

/** Loses the first answers to each message that is sent through it: the connection ends where the answer should begin. */
export async function losingProxy(target: string, times: number): Promise<LosingProxy> {
  const to = new URL(target)
  const tries = new Map<string, number>()
  const open = new Set<Socket>()
  let lost = 0

  const server = createServer((browser) => {
    const product = connect(Number(to.port), to.hostname)
    for (const end of [browser, product]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        browser.destroy()
        product.destroy()
      })
    }
    let said = ''
    let isLosing = false
    browser.on('data', (bytes) => {
      said = (said + bytes.toString('latin1')).slice(-4_096)
      const from = said.search(WRITING)
      const id = from < 0 ? undefined : ID.exec(said.slice(from))?.[1]
      if (id) {
        const before = tries.get(id) ?? 0
        tries.set(id, before + 1)
        isLosing = before < times
        said = ''
      }
      product.write(bytes)
    })
    product.on('data', (bytes) => {
      if (!isLosing) return void browser.write(bytes)
      // An answer may come in several pieces: it is one.
      if (!browser.destroyed) lost += 1
      browser.destroy()
    })
  })
  server.listen(0, to.hostname)
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the network has no address')
  return {
    address: `${to.protocol}//${to.hostname}:${at.port}`,
    lost: () => lost,
    async close() {
      for (const end of open) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
