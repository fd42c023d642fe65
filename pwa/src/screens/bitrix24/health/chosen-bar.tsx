import { For } from 'solid-js'
import type { QueueDecision, QueueEntry, QueueState } from '#contract/portal-health.ts'
import { healthText } from '../../../text/portal-health.ts'
import { Button } from '../../../ui/button.tsx'
import type { Queue } from './create-queue.ts'
import { decisionsFor } from './health.rules.ts'

const UNDECIDED: readonly QueueState[] = ['waiting', 'failed', 'unconfirmed']

type Props = {
  queue: Queue
  chosen: readonly QueueEntry[]
  /** How many there are. */
  lines: number
  busy: boolean
  decide: (decision: QueueDecision, ids: string[] | null) => void
}

/** What can be done with what is chosen, or with everything of the filter (`ids` null). */
export function ChosenBar(props: Props) {
  const offered = () => {
    if (!props.queue.isAll()) return decisionsFor(props.chosen, props.lines - 1)
    const { state, direction } = props.queue.part()
    const ways: QueueEntry['direction'][] = direction ? [direction] : ['to_portal', 'to_customer']
    const states = state ? [state] : UNDECIDED
    const possible = states.flatMap((one) => ways.map((way) => ({ state: one, direction: way, code: null, isMessage: true })))
    return decisionsFor(possible, props.lines)
  }
  return (
    <div
      class="sticky top-0 z-10 mt-2 flex flex-wrap items-center gap-2 rounded-segment bg-anil-tint px-3 py-2"
      role="group"
      aria-label={healthText().act}
    >
      <span class="nums min-w-min flex-1 text-small font-semibold">
        {props.queue.isAll() ? healthText().chosenAll : healthText().chosen(props.chosen.length)}
      </span>
      <For each={offered()}>
        {(decision) => (
          <Button
            busy={props.busy}
            onClick={() => props.decide(decision, props.queue.isAll() ? null : props.chosen.map(({ id }) => id))}
          >
            {healthText().decisions[decision]}
          </Button>
        )}
      </For>
      <Button kind="quiet" onClick={() => props.queue.clear()}>
        {healthText().clear}
      </Button>
    </div>
  )
}
