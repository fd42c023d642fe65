/** What the API says there is, page by page, as a phone would read it. */
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { Chat, Message } from '#contract/inbox.ts'

export type Truth = { chats: Map<string, Chat>; messages: Map<string, Message>; order: Map<string, Message[]> }

async function pages<T>(
  address: string,
  token: string,
  path: string,
  cursorName: string,
  read: (row: unknown) => T,
): Promise<T[][]> {
  const Page = z.object({ items: z.array(z.unknown()), next: z.nullable(z.string()) })
  const all: T[][] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const more: string = cursor === '' ? '' : `${path.includes('?') ? '&' : '?'}${cursorName}=${encodeURIComponent(cursor)}`
    const response = await fetch(`${address}${path}${more}`, { headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const page = Page.parse(await response.json())
    all.push(page.items.map(read))
    cursor = page.next
  }
  return all
}

/** Everything that this person may see. */
export async function readTruth(address: string, token: string): Promise<Truth> {
  const trays = await Promise.all(
    ['open', 'closed'].map((tray) => pages(address, token, `/api/chats?tray=${tray}`, 'cursor', (row) => Chat.parse(row))),
  )
  const chats = new Map(trays.flat(2).map((chat) => [chat.id, chat]))
  const order = new Map<string, Message[]>()
  for (const id of chats.keys()) {
    const back = await pages(address, token, `/api/chats/${id}/messages`, 'before', (row) => Message.parse(row))
    order.set(id, back.toReversed().flat())
  }
  const messages = new Map([...order.values()].flat().map((message) => [message.id, message]))
  return { chats, messages, order }
}

/** Up to ten differences between what a phone holds and what there is. */
export function differences(held: ReadonlyMap<string, unknown>, truth: ReadonlyMap<string, unknown>): string[] {
  const found: string[] = []
  for (const [id, row] of truth) {
    const own = held.get(id)
    if (!isDeepStrictEqual(own, row)) found.push(`${id}: ${JSON.stringify(own)} is really ${JSON.stringify(row)}`)
    if (found.length === 10) return found
  }
  for (const id of held.keys()) if (!truth.has(id)) found.push(`${id} is not there`)
  return found.slice(0, 10)
}
