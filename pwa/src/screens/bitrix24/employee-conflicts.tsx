import { For, Show } from 'solid-js'
import { employeesText } from '../../text/employees.ts'
import { Button } from '../../ui/button.tsx'
import type { EmployeeStaging } from './create-employee-staging.ts'

/** What somebody else changed while this person was choosing. */
export function EmployeeConflicts(props: { staging: EmployeeStaging }) {
  return (
    <Show when={props.staging.conflicts().length > 0}>
      <div role="alert" class="fold-bl my-3 rounded-card bg-maiz-tint p-4">
        <p class="font-semibold">{employeesText().conflictTitle}</p>
        <ul class="mt-1 text-small">
          <For each={props.staging.conflicts()}>
            {({ employee, userId, from, now }) => (
              <li>
                {employee && now
                  ? employeesText().conflict(employee.name, employeesText().access[from], employeesText().access[now])
                  : employeesText().conflictGone(userId)}
              </li>
            )}
          </For>
        </ul>
        <p class="mt-1 text-small text-ink-2">{employeesText().conflictNext}</p>
        <Button class="mt-2" onClick={() => props.staging.understood()}>
          {employeesText().understood}
        </Button>
      </div>
    </Show>
  )
}
