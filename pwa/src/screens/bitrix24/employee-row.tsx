import { Show } from 'solid-js'
import type { Employee } from '#contract/employees.ts'
import { minuteNow } from '../../lib/clock.ts'
import { employeesText } from '../../text/employees.ts'
import { ago } from '../../text/format.ts'
import { roleName } from '../../text/role-name.ts'
import { isChanged, type EmployeeStaging } from './create-employee-staging.ts'
import { accessNow, boxOf, mayChange, withBox } from './employees.rules.ts'
import { RoleBoxes } from './role-boxes.tsx'

type EmployeeRowProps = { employee: Employee; staging: EmployeeStaging; hasDepartments: boolean; isReadOnly: boolean }

/** One employee: who they are, and the three boxes. */
export function EmployeeRow(props: EmployeeRowProps) {
  const access = () => accessNow(props.staging.staged(), props.employee)
  const isOther = () => !mayChange(props.employee)
  const changed = () => isChanged(props.staging, props.employee)
  const words = () => {
    const { employee } = props
    const { you, admin, dismissed, neverIn, lastIn } = employeesText()
    const seen = employee.seenAt ? lastIn(ago(employee.seenAt, minuteNow())) : employee.access === 'none' ? '' : neverIn
    return [employee.isYou && you, employee.position, employee.isAdmin && admin, !employee.isActive && dismissed, seen]
      .filter(Boolean)
      .join(' · ')
  }
  const choose = (to: ReturnType<typeof withBox>) => props.staging.choose(props.employee, to)
  return (
    <div
      class="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 pr-2 pl-4"
      classList={{ 'bg-maiz-tint': changed() }}
      data-employee={props.employee.userId}
    >
      <div class="min-w-48 flex-1">
        <p class="wrap-anywhere">
          {props.employee.name}
          <Show when={changed()}>
            <span class="ml-2 text-meta font-semibold text-maiz">{employeesText().changed}</span>
          </Show>
        </p>
        <p class="text-meta text-ink-3 empty:hidden">{words()}</p>
      </div>
      <Show
        when={!isOther()}
        fallback={
          <p class="min-h-11 content-center text-meta text-ink-2">
            {employeesText().otherRole(props.employee.role ? roleName(props.employee.role) : employeesText().access.other)}
          </p>
        }
      >
        <Show when={props.hasDepartments && (access() === 'head' || access() === 'department_head')}>
          <select
            class="min-h-11 rounded-segment border-[1.5px] border-edge bg-paper px-2 text-small"
            aria-label={`${employeesText().reach}: ${props.employee.name}`}
            disabled={props.isReadOnly}
            onChange={(event) => choose(event.currentTarget.value === 'head' ? 'head' : 'department_head')}
          >
            <option value="head" selected={access() === 'head'}>
              {employeesText().reaches.head}
            </option>
            <option value="department_head" selected={access() === 'department_head'}>
              {employeesText().reaches.department_head}
            </option>
          </select>
        </Show>
        <RoleBoxes
          stateOf={(box) => boxOf(access(), box)}
          labelOf={(box) => employeesText().boxFor(employeesText().boxes[box], props.employee.name)}
          isReadOnly={props.isReadOnly}
          choose={(box, isOn) => {
            const now = access()
            if (now !== 'other') choose(withBox(now, box, isOn))
          }}
        />
      </Show>
    </div>
  )
}
