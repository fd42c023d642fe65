import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, on, onCleanup } from 'solid-js'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { useDesk } from './live/context.ts'
import { care, loadCareText } from './text/care.ts'
import { failureText } from './text/text.ts'
import { say } from './ui/toast.tsx'

/** Says that a number has stopped working, to whom the server has told it, and lets the server know that it was seen. */
export function createOutageNotes(): void {
  const { desk, connection } = useDesk()
  const navigate = useNavigate()
  // Another number in trouble, or another trouble, as the stream tells it: then there may be something to be told.
  const troubles = createMemo(() =>
    desk
      .channels()
      .flatMap(({ id, problem }) => (problem === null ? [] : [`${id} ${problem}`]))
      .join(),
  )

  async function look(): Promise<void> {
    // A screen that nobody looks at has shown nothing to anybody.
    if (connection().phase !== 'open' || !desk.may('dashboard.read') || document.visibilityState !== 'visible') return
    try {
      const [{ items }] = await Promise.all([call(api.listUnseenOutages, {}), loadCareText()])
      const [first] = items
      if (!first) return
      const cause = failureText(first.problem)?.cause ?? first.problem
      const said = items.length === 1 ? care().stopped(first.channelName, cause) : care().stoppedMany(items.length)
      say(said, { name: care().see, run: () => navigate('/dashboard') })
      await call(api.seeOutages, { outageIds: items.map(({ id }) => id) })
    } catch {
      // Asked again with the next trouble, or when the network is back; the dashboard has it all.
    }
  }

  createEffect(on([troubles, () => connection().phase], () => void look()))
  const again = () => void look()
  document.addEventListener('visibilitychange', again)
  onCleanup(() => document.removeEventListener('visibilitychange', again))
}
