import { A } from '@solidjs/router'
import ChartLine from 'lucide-solid/icons/chart-line'
import { createEffect, For, on, onCleanup, Show } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { clockTime } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'
import { problemText, t } from '../../text/text.ts'
import { ErrorCard } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Channels } from './channels.tsx'
import { Figures } from './figures.tsx'
import { Hours } from './hours.tsx'
import { Loom } from './loom.tsx'

/** Live events come in bursts: the figures are asked for again at most this often. */
const AGAIN_MS = 2_000

/** The company's day on one screen. Figures stay until newer ones are here. */
export default function DashboardScreen() {
  const { desk } = useDesk()
  const asked = createAsked<Dashboard>(() => call(api.getDashboard, {}))
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      [desk.chats, desk.channels],
      () => {
        timer ??= setTimeout(() => {
          timer = undefined
          void asked.again()
        }, AGAIN_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return (
    <main class="flex h-full flex-col">
      <header class="flex flex-none flex-wrap items-center gap-x-3 border-b border-line bg-surface px-4 pt-[max(8px,env(safe-area-inset-top))] pb-2 tablet:px-5.5">
        <h1 class="min-w-min flex-1 text-title font-bold tracking-[-0.02em]">{overview().title}</h1>
        <A
          href="/dashboard/metrics"
          class="row flex min-h-11 items-center gap-2 rounded-slip px-3 text-small font-semibold text-anil"
        >
          <Icon of={ChartLine} size={20} />
          {overview().metrics}
        </A>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto p-4 pb-12" aria-busy={!asked.items() && asked.loading()}>
        <Show when={asked.items()} fallback={<Waiting problem={asked.problem()} again={() => void asked.again()} />}>
          {(day) => (
            <div class="mx-auto grid max-w-300 grid-cols-1 gap-4" classList={{ 'opacity-60': asked.isStale() }}>
              <Show when={asked.isStale()}>
                <p role="status" class="rounded-card bg-maiz-tint px-4 py-2 text-small">
                  {overview().stale(clockTime(day().at))}
                </p>
              </Show>
              <Figures day={day()} />
              <Loom day={day()} again={() => void asked.again()} />
              <Hours hours={day().messages.hours} />
              <Channels day={day()} />
            </div>
          )}
        </Show>
      </div>
    </main>
  )
}

/** The shapes to come, or why they do not. */
function Waiting(props: { problem: ApiProblem | null; again: () => void }) {
  return (
    <Show
      when={props.problem}
      fallback={
        <div class="skeleton mx-auto grid max-w-300 grid-cols-2 gap-3 tablet:grid-cols-3" aria-hidden="true">
          <For each={Array.from({ length: 9 })}>{() => <span class="fold-bl h-24 rounded-card bg-sunk" />}</For>
        </div>
      }
    >
      {(problem) => (
        <ErrorCard
          title={problemText(problem().code).cause}
          help={problemText(problem().code).nextStep}
          action={{ name: t().app.retry, run: () => props.again() }}
        />
      )}
    </Show>
  )
}
