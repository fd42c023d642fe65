import { createMemo, createSignal, For, on, createEffect, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { Uptime, UptimeRange, UptimeState } from '#contract/uptime.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { ago, dayTime, waitText } from '../../text/format.ts'
import { failureText, language, t } from '../../text/text.ts'
import { uptimeText } from '../../text/uptime.ts'
import { FailedLine } from '../../ui/failed-line.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Card } from './card.tsx'

const RANGES: readonly UptimeRange[] = ['day', 'week', 'month']
type Shown = UptimeState | 'unknown'

/** Told apart by height too, not by colour alone: what worked is tall, what did not is low. */
const LOOK: Record<Shown, { fill: string; tall: number }> = {
  up: { fill: 'var(--eucalipto)', tall: 32 },
  reconnecting: { fill: 'var(--maiz-fill)', tall: 24 },
  away: { fill: 'var(--cochinilla)', tall: 14 },
  logged_out: { fill: 'var(--cochinilla)', tall: 8 },
  blocked: { fill: 'var(--cochinilla)', tall: 8 },
  paused: { fill: 'var(--ink-3)', tall: 20 },
  off: { fill: 'var(--line)', tall: 8 },
  unknown: { fill: 'var(--line)', tall: 4 },
}
const TALL = 32
const SLOTS = 240

/** How steadily a number was connected, and each time that it was not. */
export function UptimeCard(props: { channel: Channel }) {
  const [range, setRange] = createSignal<UptimeRange>('day')
  const asked = createAsked(() => call(api.getUptime, { channelId: props.channel.id, range: range() }))
  // Another range, or the number stands otherwise: another history.
  createEffect(on([range, () => props.channel.rev, minuteNow], () => void asked.again(), { defer: true }))

  return (
    <Card title={uptimeText().title}>
      <div role="group" aria-label={uptimeText().title} class="mt-1 flex gap-1">
        <For each={RANGES}>
          {(one) => (
            <Segment chosen={range() === one} choose={() => setRange(one)}>
              {uptimeText().ranges[one]}
            </Segment>
          )}
        </For>
      </div>
      <Show when={asked.problem()}>
        <FailedLine says={uptimeText().failed} retry={t().app.retry} again={() => void asked.again()} />
      </Show>
      <Show when={asked.items()}>
        {(report) => <Report report={report()} range={range()} isSession={props.channel.kind === 'session'} />}
      </Show>
    </Card>
  )
}

function Report(props: { report: Uptime; range: UptimeRange; isSession: boolean }) {
  const percent = () => {
    const { up } = props.report
    return up === null ? null : new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(up / 100)
  }
  const states = createMemo(() =>
    Object.entries(uptimeText().states).flatMap(([state, name]) => {
      const seconds = Object.entries(props.report.seconds).find(([one]) => one === state)?.[1] ?? 0
      return seconds >= 1 ? [{ state, words: uptimeText().stateFor(name, waitText(seconds)) }] : []
    }),
  )
  return (
    <>
      <p class="nums mt-1 text-heading font-bold empty:hidden">{percent() !== null && uptimeText().share(percent() ?? '')}</p>
      <Show when={states().length > 0} fallback={<p class="text-small text-ink-2">{uptimeText().none}</p>}>
        <Strip report={props.report} range={props.range} words={states().map(({ words }) => words)} />
        <ul class="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-meta text-ink-2">
          <For each={states()}>
            {({ state, words }) => (
              <li class="nums flex items-center gap-1.5">
                <Swatch state={state} />
                {words}
              </li>
            )}
          </For>
        </ul>
        <Outages report={props.report} />
      </Show>
      <p class="mt-2 text-meta text-ink-3 empty:hidden">
        {props.report.beatAt && (props.isSession ? uptimeText().beat : uptimeText().asked)(ago(props.report.beatAt, minuteNow()))}
      </p>
    </>
  )
}

function lookOf(state: string): { fill: string; tall: number } {
  return Object.entries(LOOK).find(([one]) => one === state)?.[1] ?? LOOK.unknown
}

function Swatch(props: { state: string }) {
  const look = () => lookOf(props.state)
  return (
    <svg viewBox="0 0 8 16" class="h-4 w-2 flex-none" aria-hidden="true">
      <rect x="0" width="8" y={16 - look().tall / 2} height={look().tall / 2} fill={look().fill} />
    </svg>
  )
}

/** Time from left to right. */
function Strip(props: { report: Uptime; range: UptimeRange; words: readonly string[] }) {
  const runs = createMemo(() => {
    let at = 0
    return props.report.strip.map(({ state, slots }) => {
      const run = { x: at, width: slots, ...lookOf(state ?? 'unknown') }
      at += slots
      return run
    })
  })
  return (
    <div class="mt-2">
      <svg
        viewBox={`0 0 ${SLOTS} ${TALL}`}
        preserveAspectRatio="none"
        class="h-8 w-full rounded-segment"
        role="img"
        aria-label={uptimeText().strip(uptimeText().ranges[props.range], props.words.join(', '))}
      >
        <For each={runs()}>
          {(run) => <rect x={run.x} width={run.width} y={TALL - run.tall} height={run.tall} fill={run.fill} />}
        </For>
      </svg>
      <p class="flex justify-between text-meta text-ink-3">
        <span>{uptimeText().ago[props.range]}</span>
        <span>{uptimeText().now}</span>
      </p>
    </div>
  )
}

function Outages(props: { report: Uptime }) {
  const count = () => props.report.outages.length + props.report.moreOutages
  return (
    <div class="mt-3 text-small">
      <h3 class="font-semibold">{count() === 0 ? uptimeText().noOutages : uptimeText().outages(count())}</h3>
      <ul>
        <For each={props.report.outages}>
          {({ since, until, state, code }) => (
            <li class="border-b border-line py-2">
              <span class="nums flex flex-wrap items-baseline gap-x-2">
                <span>{until ? uptimeText().until(dayTime(since), dayTime(until)) : uptimeText().goesOn(dayTime(since))}</span>
                <span class="text-meta" classList={{ 'font-bold text-cochinilla': until === null, 'text-ink-3': until !== null }}>
                  {waitText(((until ? Date.parse(until) : Date.parse(props.report.to)) - Date.parse(since)) / 1000)}
                </span>
              </span>
              <span class="block text-ink-2">{(code !== null && failureText(code)?.cause) || uptimeText().states[state]}</span>
            </li>
          )}
        </For>
      </ul>
      <p class="text-meta text-ink-2 empty:hidden">
        {props.report.moreOutages > 0 && uptimeText().more(props.report.moreOutages)}
      </p>
      <p class="text-meta text-ink-2 empty:hidden">{props.report.blinks > 0 && uptimeText().blinks(props.report.blinks)}</p>
    </div>
  )
}
