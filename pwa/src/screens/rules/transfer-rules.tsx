import { For } from 'solid-js'
import type { TransferRules } from '#contract/rules.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { rules } from '../../text/rules.ts'
import { Choice } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'

const HOURS = [1, 2, 4, 8, 12, 24, 48, 72]

/** Which requests for transfer are decided by themselves, and when they expire. Each change is saved at once. */
export function TransferRulesCard(props: { now: TransferRules; isStale: boolean; changed: (rules: TransferRules) => void }) {
  const action = createAction()
  const hours = () => [...new Set([...HOURS, props.now.hours])].toSorted((a, b) => a - b)
  const save = (more: Partial<TransferRules>) =>
    void action.run(async () => {
      props.changed(await call(api.saveTransferRules, { ...props.now, ...more }))
      say(rules().transfersSaved)
    })
  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="mb-2 text-heading font-bold">{rules().transfers}</h2>
      <Choice
        label={rules().hours}
        disabled={props.isStale}
        onChange={(event) => save({ hours: Number(event.currentTarget.value) })}
      >
        <For each={hours()}>
          {(count) => (
            <option value={count} selected={count === props.now.hours}>
              {rules().hourCount(count)}
            </option>
          )}
        </For>
      </Choice>
      <Switch
        name={rules().approveWithin}
        help={rules().approveWithinHelp}
        on={props.now.approveWithinDepartment}
        disabled={props.isStale || action.busy()}
        change={(on) => save({ approveWithinDepartment: on })}
      />
      <Switch
        name={rules().refuseFull}
        help={rules().refuseFullHelp}
        on={props.now.refuseOverCapacity}
        disabled={props.isStale || action.busy()}
        change={(on) => save({ refuseOverCapacity: on })}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </section>
  )
}
