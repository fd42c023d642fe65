import { For } from 'solid-js'
import { QUEUE_DIRECTIONS, QUEUE_STATES } from './health.rules.ts'
import type { LineHealth } from '#contract/portal-health.ts'
import { healthText } from '../../../text/portal-health.ts'
import { Choice } from '../../../ui/field.tsx'
import type { Queue } from './create-queue.ts'

/** Which part of the queue is shown: of one number, one way, one state. */
export function QueueFilters(props: { queue: Queue; lines: readonly LineHealth[] }) {
  return (
    <div class="mt-3 grid gap-3 tablet:grid-cols-3">
      <Choice
        label={healthText().filterLine}
        onChange={({ currentTarget: { value } }) => props.queue.narrow({ portalLineId: value || undefined })}
      >
        <option value="">{healthText().allLines}</option>
        <For each={props.lines}>{({ portalLine, channelName }) => <option value={portalLine.id}>{channelName}</option>}</For>
        <option value="none">{healthText().loose}</option>
      </Choice>
      <Choice
        label={healthText().filterDirection}
        onChange={({ currentTarget: { value } }) =>
          props.queue.narrow({ direction: QUEUE_DIRECTIONS.find((one) => one === value) })
        }
      >
        <option value="">{healthText().bothWays}</option>
        <option value="to_portal">{healthText().toPortal}</option>
        <option value="to_customer">{healthText().toCustomer}</option>
      </Choice>
      <Choice
        label={healthText().filterState}
        onChange={({ currentTarget: { value } }) => props.queue.narrow({ state: QUEUE_STATES.find((one) => one === value) })}
      >
        <option value="">{healthText().anyState}</option>
        <For each={QUEUE_STATES}>{(state) => <option value={state}>{healthText().states[state]}</option>}</For>
      </Choice>
    </div>
  )
}
