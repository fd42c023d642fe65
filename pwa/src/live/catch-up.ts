/** Reads everything again when the stream cannot tell what was missed, and the figures when they can only be guessed. */
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import type { Chat } from '#contract/inbox.ts'
import type { Desk } from './desk.ts'
import type { Tray } from './order.rules.ts'
import type { Page } from './trays.ts'

const RETRY_MS = [1_000, 3_000, 10_000, 30_000]
const COUNT_AGAIN_AFTER_MS = 3_000

export type CatchUp = {
  pull(seq: number): void
  channels(): Promise<void>
  counts(): Promise<void>
  countSoon(): void
  stop(): void
}

/**
 * `showing` names what is on the screen now: its tray is read first. `done` is told when everything is current, with what
 * was read of that tray; the others are to be read from their beginning.
 */
export function createCatchUp(
  desk: Desk,
  showing: () => { tray: Tray; chatId: string | null },
  done: (tray: Tray, page: Page) => void,
): CatchUp {
  let pulling = -1
  let retry: ReturnType<typeof setTimeout> | undefined
  let recount: ReturnType<typeof setTimeout> | undefined

  async function everything(seq: number): Promise<{ tray: Tray; page: Page } | null> {
    const at = desk.moment()
    const { tray, chatId } = showing()
    desk.beginRestart()
    const [list, open, end] = await Promise.all([
      call(api.listChats, { tray }),
      chatId ? call(api.getChat, { chatId }).catch(() => null) : null,
      // What came between the reading of an open chat and the beginning of the stream, neither of them has.
      chatId ? call(api.listMessages, { chatId }).catch(() => null) : null,
      channels(),
      counts(),
    ])
    const named: Chat[] = open ? [...list.items, open] : list.items
    if (pulling !== seq) return null
    await desk.pulled({ type: 'chats', items: named, at })
    if (pulling !== seq) return null
    await desk.restart(seq, new Set(named.map((chat) => chat.id)))
    if (chatId && end) {
      const page = { items: end.items, more: end.next !== null }
      await desk.pulled({ type: 'messages', chatId, way: 'latest', page, at })
    }
    return { tray, page: list }
  }

  function pull(seq: number, tries = 0): void {
    if (pulling === seq && tries === 0) return
    pulling = seq
    clearTimeout(retry)
    everything(seq).then(
      (read) => {
        if (read && pulling === seq) done(read.tray, read.page)
      },
      () => {
        const pause = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]
        if (pulling === seq) retry = setTimeout(() => pull(seq, tries + 1), pause)
      },
    )
  }

  async function channels(): Promise<void> {
    if (!desk.may('channels.read')) return
    const at = desk.moment()
    const { items } = await call(api.listChannels, {})
    await desk.pulled({ type: 'channels', items, at })
  }

  async function counts(): Promise<void> {
    desk.setCounts(await call(api.countChats, {}))
  }

  return {
    pull: (seq) => pull(seq),
    channels,
    counts,
    countSoon() {
      clearTimeout(recount)
      recount = setTimeout(() => void counts().catch(() => undefined), COUNT_AGAIN_AFTER_MS)
    },
    stop() {
      pulling = -1
      clearTimeout(retry)
      clearTimeout(recount)
    },
  }
}
