import { A } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import { useDesk } from './live/context.ts'
import { minuteNow } from './lib/clock.ts'
import { ago } from './text/format.ts'
import { t } from './text/first.ts'

/** A short loss is nobody's business: the line shows after this time. */
const QUIET_MS = 1_500
const UP_TO_DATE_MS = 2_000

/** Is what I see current? One line under the header when it is not, and for 2 s when it is again. */
export function ConnectionLine() {
  const { heardAt, phase, desk, outbox } = useDesk()
  const [shown, setShown] = createSignal<'none' | 'away' | 'back'>('none')
  let timer: ReturnType<typeof setTimeout> | undefined

  const isOpen = createMemo(() => phase() === 'open')
  createEffect(
    on(isOpen, (open) => {
      clearTimeout(timer)
      if (!open) {
        timer = setTimeout(() => setShown('away'), QUIET_MS)
      } else if (shown() === 'away') {
        setShown('back')
        timer = setTimeout(() => setShown('none'), UP_TO_DATE_MS)
      }
    }),
  )
  onCleanup(() => clearTimeout(timer))

  const waiting = () => outbox.entries().filter((entry) => entry.state !== 'failed').length
  const words = createMemo(() => {
    if (shown() === 'back') return t().line.upToDate
    if (phase() === 'refused') return t().line.refused
    // The stream may have been silent because nothing happened: then what is here was current until it was last heard.
    const saved = Math.max(desk.syncedAt() ?? 0, heardAt() ?? 0)
    return t().line.offline(saved === 0 ? null : ago(saved, minuteNow()), waiting())
  })

  return (
    <div role="status">
      <Show when={shown() !== 'none'}>
        <p
          class="px-4 py-1 text-center text-meta"
          classList={{ 'bg-maiz-tint text-ink': shown() === 'away', 'bg-eucalipto-tint text-eucalipto': shown() === 'back' }}
        >
          <Show when={shown() === 'away' && waiting() > 0} fallback={words()}>
            <A href="/settings/outbox" class="-my-1 flex min-h-11 items-center justify-center underline">
              {words()}
            </A>
          </Show>
        </p>
      </Show>
    </div>
  )
}
