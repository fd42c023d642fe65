import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listUnseenOutages } from '#contract/channel-care.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { useDesk } from './live/context.ts'

export type Stopped = OutputOf<typeof listUnseenOutages>['items'][number]

/** The numbers that do not work, of which this person was told and has not taken note yet. */
export function createOutageNotes(): { stopped: Accessor<readonly Stopped[]>; took: () => Promise<void> } {
  const { desk, phase } = useDesk()
  const [stopped, setStopped] = createSignal<readonly Stopped[]>([])
  // Another number in trouble, or another trouble, or one that is over, as the stream tells it.
  const troubles = createMemo(() =>
    desk
      .channels()
      .flatMap(({ id, problem }) => (problem === null ? [] : [`${id} ${problem}`]))
      .join(),
  )

  async function look(): Promise<void> {
    if (phase() !== 'open' || !desk.may('dashboard.read') || document.visibilityState !== 'visible') return
    try {
      setStopped((await call(api.listUnseenOutages, {})).items)
    } catch {
      // Asked again with the next trouble, or when the network is back; the dashboard has it all.
    }
  }

  /** From here on nobody is reminded of these. */
  async function took(): Promise<void> {
    const outageIds = stopped().map(({ id }) => id)
    await call(api.seeOutages, { outageIds })
    setStopped([])
  }

  createEffect(on([troubles, phase], () => void look()))
  const again = () => void look()
  document.addEventListener('visibilitychange', again)
  onCleanup(() => document.removeEventListener('visibilitychange', again))
  return { stopped, took }
}
