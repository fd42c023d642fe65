import { A } from '@solidjs/router'
import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { Metrics } from '#contract/metrics.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { serverNow } from '../../lib/server-time.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { overview } from '../../text/overview.ts'
import { t } from '../../text/text.ts'
import { Segment } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LineChart } from './line-chart.tsx'
import { MetricsTable } from './metrics-table.tsx'
import { periodOf } from './metrics.rules.ts'

const PERIODS = [7, 30, 90] as const

/** How the work went over days: what came and left, how long customers waited, how long cases took. */
export default function MetricsScreen() {
  const { desk } = useDesk()
  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone: desk.me.account.timeZone, dateStyle: 'short' }).format(new Date(serverNow()))
  const [days, setDays] = createSignal<(typeof PERIODS)[number]>(7)
  const list = createAsked<Metrics>(() => call(api.getMetrics, periodOf(today(), days())))
  createEffect(on(days, () => void list.again(), { defer: true }))
  return (
    <main class="flex h-full flex-col">
      <header class="flex flex-none items-center gap-2 border-b border-line bg-surface pt-[max(8px,env(safe-area-inset-top))] pr-4 pb-2 pl-1.5">
        <A href="/dashboard" class="icon-button" aria-label={t().app.back}>
          <Icon of={ArrowLeft} size={22} />
        </A>
        <h1 class="min-w-0 flex-1 truncate text-heading font-bold">{overview().metrics}</h1>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto p-4 pb-12" aria-busy={list.loading()}>
        <div class="mx-auto grid max-w-300 grid-cols-[minmax(0,1fr)] gap-4">
          <div
            role="group"
            aria-label={overview().period}
            class="flex flex-wrap gap-1 rounded-slip border border-line bg-surface px-2"
          >
            <For each={PERIODS}>
              {(count) => (
                <Segment chosen={days() === count} choose={() => setDays(count)}>
                  {overview().lastDays(count)}
                </Segment>
              )}
            </For>
          </div>
          <LoadProblem of={list} title={overview().metricsFailed} />
          <Show when={list.items()}>
            {(metrics) => (
              <div class="grid grid-cols-[minmax(0,1fr)] gap-4" classList={{ 'opacity-60': list.loading() || list.isStale() }}>
                <Totals metrics={metrics()} />
                <Charts metrics={metrics()} />
                <MetricsTable metrics={metrics()} />
              </div>
            )}
          </Show>
        </div>
      </div>
    </main>
  )
}

function Totals(props: { metrics: Metrics }) {
  const figures = () => {
    const { totals } = props.metrics
    const words = overview()
    const wait = (seconds: number | null) => (seconds === null ? '—' : words.wait(seconds))
    return [
      { name: words.columns.received, value: String(totals.received) },
      { name: words.columns.sent, value: String(totals.sent) },
      {
        name: words.columns.firstAnswer,
        value: wait(totals.firstAnswer),
        help: totals.firstAnswer90 === null ? '' : words.nineOfTen(wait(totals.firstAnswer90)),
      },
      { name: words.columns.resolution, value: wait(totals.resolution), help: words.closedCount(totals.closed) },
    ]
  }
  return (
    <ul class="grid grid-cols-2 gap-3 tablet:grid-cols-4">
      <For each={figures()}>
        {(figure) => (
          <li class="fold-bl rounded-card border border-line bg-surface p-4">
            <span class="nums block font-display text-title font-bold">{figure.value}</span>
            <span class="block text-small">{figure.name}</span>
            <span class="block text-meta text-ink-3">{figure.help}</span>
          </li>
        )}
      </For>
    </ul>
  )
}

function Charts(props: { metrics: Metrics }) {
  const days = () => props.metrics.days.map(({ day }) => day)
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-4 tablet:grid-cols-2">
      <section class="min-w-0 rounded-card border border-line bg-surface p-4">
        <h2 class="text-heading font-bold">{overview().volume}</h2>
        <p class="flex gap-4 text-meta">
          <span class="text-anil">■ {overview().came}</span>
          <span class="text-eucalipto">■ {overview().went}</span>
        </p>
        <LineChart
          days={days()}
          lines={[
            { name: overview().came, dye: '--anil', values: props.metrics.days.map(({ received }) => received) },
            { name: overview().went, dye: '--eucalipto', values: props.metrics.days.map(({ sent }) => sent) },
          ]}
          format={(value) => (Number.isInteger(value) ? String(value) : '')}
          least={5}
        />
      </section>
      <section class="min-w-0 rounded-card border border-line bg-surface p-4">
        <h2 class="text-heading font-bold">{overview().columns.firstAnswer}</h2>
        <p class="text-meta text-ink-2">{overview().firstAnswerHelp}</p>
        <LineChart
          days={days()}
          lines={[
            {
              name: overview().columns.firstAnswer,
              dye: '--anil',
              values: props.metrics.days.map(({ firstAnswer }) => firstAnswer),
            },
          ]}
          format={(value) => overview().wait(value)}
          least={300}
        />
      </section>
    </div>
  )
}
