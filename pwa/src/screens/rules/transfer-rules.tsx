import { For, untrack } from 'solid-js'
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
  /** What was last asked for. */
  let next = untrack(() => props.now)
  async function save() {
    props.changed(await call(api.saveTransferRules, next))
    say(rules().transfersSaved)
  }
  function change(more: Partial<TransferRules>) {
    next = { ...props.now, ...more }
    void action.run(save)
  }
  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="mb-2 text-heading font-bold">{rules().transfers}</h2>
      <Choice
        label={rules().hours}
        disabled={props.isStale}
        onChange={(event) => change({ hours: Number(event.currentTarget.value) })}
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
        change={(on) => change({ approveWithinDepartment: on })}
      />
      <Switch
        name={rules().refuseFull}
        help={rules().refuseFullHelp}
        on={props.now.refuseOverCapacity}
        disabled={props.isStale || action.busy()}
        change={(on) => change({ refuseOverCapacity: on })}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </section>
  )
}
