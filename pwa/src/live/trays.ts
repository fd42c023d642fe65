/** The lists of the inbox: pages of the server as far as somebody scrolled, kept live and in the server's order. */
import { createSignal } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { Chat, listChats } from '#contract/inbox.ts'
import { call } from '../api/call.ts'
import { mayBeEarly } from '../api/early.ts'
import * as api from '../api/first-endpoints.ts'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'
import type { Desk } from './desk.ts'
import { byRank, isIn, rankOf, type Tray } from './order.rules.ts'

/** How far a tray was read. Beyond `horizon` there may be chats that this phone does not know. */
type Reach = { next: string | null; horizon: number; loading: boolean; problem: ApiProblem | null; fresh: boolean }

const UNREAD: Reach = { next: null, horizon: Number.POSITIVE_INFINITY, loading: false, problem: null, fresh: false }

export type Page = OutputOf<typeof listChats>

function reachOf({ items, next }: Page): Partial<Reach> {
  const last = items.at(-1)
  return { next, horizon: next && last ? rankOf(last) : Number.POSITIVE_INFINITY, loading: false, fresh: true }
}

/** The trays of a desk. */
export function createTrays(desk: Desk) {
  const [reaches, setReaches] = createSignal<ReadonlyMap<Tray, Reach>>(new Map())
  const reach = (tray: Tray) => reaches().get(tray) ?? UNREAD
  const setReach = (tray: Tray, change: Partial<Reach>) =>
    setReaches((map) => new Map(map).set(tray, { ...(map.get(tray) ?? UNREAD), ...change }))

  async function load(tray: Tray, cursor: string | null): Promise<void> {
    if (reach(tray).loading) return
    setReach(tray, { loading: true, problem: null })
    const asking = mayBeEarly(desk.moment())
    try {
      const page = await call(api.listChats, { tray, ...(cursor ? { cursor } : {}) }, asking)
      void desk.pulled({ type: 'chats', items: page.items, at: asking.at })
      setReach(tray, reachOf(page))
    } catch (error) {
      setReach(tray, { loading: false, problem: problemOf(error) })
    }
  }

  return {
    reach,
    /** The tray from its beginning, as far as it was read. */
    list(tray: Tray): Chat[] {
      const { horizon } = reach(tray)
      const chats: Chat[] = []
      for (const chat of desk.chats().values()) {
        if (isIn(tray, chat, desk.me.person.id) && rankOf(chat) <= horizon) chats.push(chat)
      }
      return chats.toSorted(byRank)
    },
    refresh: (tray: Tray) => load(tray, null),
    async more(tray: Tray): Promise<void> {
      const { next } = reach(tray)
      if (next) await load(tray, next)
    },
    /** Everything was read again: of this tray its first page, and no other one knows how far it reached. */
    startAgain: (tray: Tray, page: Page) => setReaches(new Map([[tray, { ...UNREAD, ...reachOf(page) }]])),
  }
}
