/** The templates of a person's numbers, kept to be chosen from without a network. */
import { createSignal } from 'solid-js'
import type { ChannelId } from '#contract/ids.ts'
import type { Template } from '#contract/templates.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'
import { getMeta, putMeta, type LocalDb } from './local-db.ts'

/** A number that was never read is read at its provider first. */
const READ_MS = 30_000

export function createTemplates(db: LocalDb) {
  const [items, setItems] = createSignal<readonly Template[]>([])

  return {
    items,

    async restore(): Promise<void> {
      setItems((await getMeta(db, 'templates')) ?? [])
    },

    /** Asks for those of a number; what was read before stays when there is no answer. Gives what went wrong. */
    async refresh(channelId: ChannelId): Promise<ApiProblem | null> {
      try {
        const fresh = await call(api.listTemplates, { channel: channelId }, { timeoutMs: READ_MS })
        const next = [...items().filter((one) => one.channelId !== channelId), ...fresh.items]
        setItems(next)
        await putMeta(db, 'templates', next)
        return null
      } catch (error) {
        return problemOf(error)
      }
    },
  }
}
