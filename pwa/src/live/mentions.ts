/** How many notes name this person and were not looked at yet. */
import { createSignal } from 'solid-js'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import type { Desk } from './desk.ts'

export function createMentions(desk: Desk) {
  const [unseen, setUnseen] = createSignal(0)
  const stop = desk.onMention(() => setUnseen((count) => count + 1))

  return {
    unseen,
    stop,

    /** Asks again; what was known stays when there is no answer. */
    async refresh(): Promise<void> {
      try {
        setUnseen((await call(api.listMentions, {})).unseen)
      } catch {
        // No network: the figure of before, until the stream is back.
      }
    },

    /** All of them were looked at. */
    async see(): Promise<void> {
      try {
        setUnseen((await call(api.seeMentions, {})).unseen)
      } catch {
        // They stay new until somebody looks with a network.
      }
    },
  }
}
