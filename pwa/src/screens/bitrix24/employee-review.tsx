import { createSignal, For, Show } from 'solid-js'
import { employeesText } from '../../text/employees.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { EmployeeStaging } from './create-employee-staging.ts'
import { gainsAndLosses, type Change, type Deed } from './employees.rules.ts'

/** So many names are read at a glance. */
const NAMES = 12

/** Who gains and who loses what, before anybody feels it. */
export function EmployeeReview(props: { staging: EmployeeStaging; apply: () => void; close: () => void }) {
  return (
    <Sheet title={employeesText().reviewTitle} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-small text-ink-2">{employeesText().reviewHelp}</p>
        <ul class="grid gap-3">
          <For each={props.staging.changes()} fallback={<li class="text-small text-ink-2">{employeesText().nothingLeft}</li>}>
            {(change) => <Kind change={change} />}
          </For>
        </ul>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {props.staging.action.error()}
        </p>
        <Button
          kind="primary"
          disabled={props.staging.count() === 0}
          busy={props.staging.action.busy()}
          onClick={() => props.apply()}
        >
          {employeesText().sure}
        </Button>
      </div>
    </Sheet>
  )
}

/** One kind of change, and everybody to whom it is made. */
function Kind(props: { change: Change }) {
  const [isWhole, setIsWhole] = createSignal(false)
  const turns = () => gainsAndLosses(props.change)
  const shown = () => (isWhole() ? props.change.employees : props.change.employees.slice(0, NAMES))
  const rest = () => props.change.employees.length - shown().length
  return (
    <li class="rounded-slip border border-line p-3">
      <p class="flex flex-wrap items-baseline gap-x-1.5">
        <del class="text-ink-2">{employeesText().access[props.change.from]}</del>
        <span aria-hidden="true">→</span>
        <ins class="font-semibold text-anil no-underline">{employeesText().access[props.change.to]}</ins>
        <span class="nums ml-auto text-meta text-ink-2">{props.change.employees.length}</span>
      </p>
      <Deeds name={employeesText().gains} deeds={turns().gains} />
      <Deeds name={employeesText().loses} deeds={turns().losses} />
      <p class="mt-1 text-small">
        {shown()
          .map(({ name }) => name)
          .join(', ')}{' '}
        <Show when={rest() > 0}>
          <button type="button" class="min-h-11 font-semibold text-anil underline" onClick={() => setIsWhole(true)}>
            {employeesText().more(rest())}
          </button>
        </Show>
      </p>
    </li>
  )
}

function Deeds(props: { name: string; deeds: readonly Deed[] }) {
  return (
    <Show when={props.deeds.length > 0}>
      <p class="text-small text-ink-2">
        <span class="font-semibold">{props.name}:</span> {props.deeds.map((deed) => employeesText().deeds[deed]).join('; ')}
      </p>
    </Show>
  )
}
