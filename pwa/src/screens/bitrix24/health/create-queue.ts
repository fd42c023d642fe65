/** A portal's queue as it is read, page by page, again and again; and what is chosen of it. */
import { createEffect, createSignal, on } from 'solid-js'
import type { listPortalQueue, QueueEntry, QueueState } from '#contract/portal-health.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../../api/call.ts'
import * as api from '../../../api/portal-endpoints.ts'
import { lookAgain } from '../../../lib/look-again.ts'
import { createAsked, type Asked } from '../../../live/create-asked.ts'

export type Part = {
  portalLineId?: string | undefined
  direction?: QueueEntry['direction'] | undefined
  state?: QueueState | undefined
}

/** What has not changed stays the same row, so that nothing moves under a thumb. */
export function sameRows(before: readonly QueueEntry[], now: readonly QueueEntry[]): QueueEntry[] {
  const known = new Map(before.map((one) => [one.id, one]))
  return now.map((one) => {
    const old = known.get(one.id)
    return old && JSON.stringify(old) === JSON.stringify(one) ? old : one
  })
}

/** What stands here is of this moment: looked at again so often, while somebody does. */
export const LOOK_EVERY_MS = 2_000

export function createQueue(portalId: () => string) {
  const [part, setPart] = createSignal<Part>({})
  const [pages, setPages] = createSignal(1)
  const [next, setNext] = createSignal<string | null>(null)
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const [isAll, setIsAll] = createSignal(false)
  let shown: readonly QueueEntry[] = []
  const asked: Asked<QueueEntry[]> = createAsked(async () => {
    const items: QueueEntry[] = []
    let cursor: string | null = null
    for (let n = 0; n < pages(); n += 1) {
      const page: OutputOf<typeof listPortalQueue> = await call(api.listPortalQueue, {
        portalId: portalId(),
        ...part(),
        ...(cursor !== null && { cursor }),
      })
      items.push(...page.items)
      cursor = page.next
      if (cursor === null) break
    }
    setNext(cursor)
    return sameRows(shown, items)
  })
  createEffect(() => (shown = asked.items() ?? []))
  lookAgain(asked.again, LOOK_EVERY_MS)
  const clear = () => {
    setChosen(new Set<string>())
    setIsAll(false)
  }
  createEffect(on([part, pages], () => void asked.again(), { defer: true }))
  return {
    ...{ asked, next, part, chosen, isAll, clear },
    narrow(more: Part) {
      clear()
      setPages(1)
      setPart({ ...part(), ...more })
    },
    more: () => setPages(pages() + 1),
    choose(id: string, isIn: boolean) {
      const ids = new Set(chosen())
      if (isIn) ids.add(id)
      else ids.delete(id)
      setChosen(ids)
    },
    chooseAll(all: boolean) {
      setChosen(new Set<string>())
      setIsAll(all)
    },
  }
}
export type Queue = ReturnType<typeof createQueue>
