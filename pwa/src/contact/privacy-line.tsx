import { Show } from 'solid-js'
import type { PrivacyRequest } from '#contract/privacy.ts'
import { calendarDay, dayTime } from '../text/format.ts'
import { privacyText } from '../text/privacy.ts'

/** One request about somebody's data: which right, how it stands, until when, who wrote it down and how it was answered. */
export function PrivacyLine(props: { request: PrivacyRequest }) {
  const words = () => privacyText()
  const when = () => {
    const { state, isLate, dueOn, settledBy, settledAt } = props.request
    if (state === 'open') return isLate ? words().late(calendarDay(dueOn)) : words().due(calendarDay(dueOn))
    return [settledBy, settledAt && dayTime(settledAt)].filter(Boolean).join(' · ')
  }
  return (
    <span class="block min-w-0">
      <span class="flex flex-wrap items-center gap-x-2">
        <span
          class="rounded-chip px-2 py-0.5 text-meta font-semibold"
          classList={{
            'bg-cochinilla-tint text-cochinilla': props.request.isLate || props.request.state === 'refused',
            'bg-maiz-tint text-maiz': props.request.state === 'open' && !props.request.isLate,
            'bg-eucalipto-tint text-eucalipto': props.request.state === 'done',
          }}
        >
          {words().states[props.request.state]}
        </span>
        <span class="text-small font-semibold">{words().kinds[props.request.kind]}</span>
        <span class="nums text-small" classList={{ 'text-cochinilla font-bold': props.request.isLate }}>
          {when()}
        </span>
      </span>
      <span class="block text-small wrap-anywhere whitespace-pre-line">«{props.request.asked}»</span>
      <Show when={props.request.outcome}>
        <span class="block text-small wrap-anywhere whitespace-pre-line text-ink-2">{props.request.outcome}</span>
      </Show>
      <span class="nums block text-meta text-ink-3">
        {[words().received(calendarDay(props.request.receivedOn)), props.request.by].filter(Boolean).join(' · ')}
      </span>
    </span>
  )
}
