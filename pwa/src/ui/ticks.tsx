import Check from 'lucide-solid/icons/check'
import CheckCheck from 'lucide-solid/icons/check-check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import CircleSlash from 'lucide-solid/icons/circle-slash'
import Clock from 'lucide-solid/icons/clock'
import { Show, untrack } from 'solid-js'
import { Icon } from './icon.tsx'

const DRAWINGS = {
  queued: Clock,
  sending: Clock,
  unconfirmed: CircleQuestionMark,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  played: CheckCheck,
  failed: CircleAlert,
  discarded: CircleSlash,
} as const

export type Tick = keyof typeof DRAWINGS

/** The state of an own message: a drawing, and the same in words for those who do not see it. No label: words stand beside it. */
export function Ticks(props: { state: Tick; label: string; size?: number }) {
  // Only a change is a movement: a screen full of ticks that fade in keeps the phone drawing for as long.
  const first = untrack(() => props.state)
  const colour = () => {
    if (props.state === 'read' || props.state === 'played') return 'text-anil'
    if (props.state === 'failed') return 'text-cochinilla'
    return props.state === 'unconfirmed' ? 'text-maiz' : 'text-ink-3'
  }
  return (
    <span
      role={props.label ? 'img' : undefined}
      aria-hidden={props.label ? undefined : 'true'}
      aria-label={props.label || undefined}
      title={props.label || undefined}
      class={`inline-flex flex-none ${colour()}`}
    >
      <Show when={props.state} keyed>
        {(state) => (
          <span class="inline-flex" classList={{ 'tick-change': state !== first }}>
            <Icon of={DRAWINGS[state]} size={props.size ?? 17} />
          </span>
        )}
      </Show>
    </span>
  )
}
