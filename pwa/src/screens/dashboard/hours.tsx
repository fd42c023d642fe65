import { For } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import { overview } from '../../text/overview.ts'

const TALL = 60

/** Today by hour: what came, and beside it what left. The words of each bar say its figures. */
export function Hours(props: { hours: Dashboard['messages']['hours'] }) {
  const most = () => Math.max(1, ...props.hours.map((hour) => Math.max(hour.in, hour.out)))
  const bar = (count: number) => (count / most()) * TALL
  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="text-heading font-bold">{overview().today}</h2>
      <p class="flex gap-4 text-meta text-ink-2">
        <span class="text-anil">■ {overview().came}</span>
        <span class="text-eucalipto">■ {overview().went}</span>
      </p>
      <svg viewBox={`0 0 240 ${TALL + 14}`} class="mt-2 w-full" role="list">
        <For each={props.hours}>
          {(hour, at) => (
            <g role="listitem" aria-label={overview().hour(at(), hour.in, hour.out)}>
              <title>{overview().hour(at(), hour.in, hour.out)}</title>
              <rect x={at() * 10} y={TALL - bar(hour.in)} width="4" height={bar(hour.in)} class="fill-anil" />
              <rect x={at() * 10 + 4.5} y={TALL - bar(hour.out)} width="4" height={bar(hour.out)} class="fill-eucalipto" />
            </g>
          )}
        </For>
        <line x1="0" x2="240" y1={TALL} y2={TALL} class="stroke-line" />
      </svg>
    </section>
  )
}
