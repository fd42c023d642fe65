import ChevronDown from 'lucide-solid/icons/chevron-down'
import { employeesText } from '../../text/employees.ts'
import { Icon } from '../../ui/icon.tsx'
import type { EmployeeStaging } from './create-employee-staging.ts'
import { boxOfAll, mayChange, type Group } from './employees.rules.ts'
import { RoleBoxes } from './role-boxes.tsx'

type EmployeeGroupProps = {
  group: Group
  staging: EmployeeStaging
  isFolded: boolean
  isReadOnly: boolean
  fold: () => void
}

/** A department: folded or not, and a box of each role for all of it. */
export function EmployeeGroup(props: EmployeeGroupProps) {
  const name = () => props.group.name ?? employeesText().noDepartment
  const states = { all: 'on', some: 'some', none: 'off' } as const
  return (
    <div class="flex flex-wrap items-center gap-x-3 border-b border-line bg-sunk pr-2 pl-1">
      <h2 class="min-w-48 flex-1">
        <button
          type="button"
          class="flex min-h-11 w-full items-center gap-2 py-1 text-left font-display font-bold"
          style={{ 'padding-left': `${Math.min(props.group.depth, 4) * 12}px` }}
          aria-expanded={!props.isFolded}
          onClick={() => props.fold()}
        >
          <Icon of={ChevronDown} class={`flex-none text-ink-3 transition-transform ${props.isFolded ? '-rotate-90' : ''}`} />
          <span class="min-w-0 wrap-anywhere">{name()}</span>
          <span class="nums font-sans text-meta font-normal text-ink-2">
            {employeesText().count(props.group.employees.length, props.group.all)}
          </span>
        </button>
      </h2>
      <RoleBoxes
        stateOf={(box) => states[boxOfAll(props.staging.staged(), props.group.employees, box)]}
        labelOf={(box) => employeesText().boxForAll(employeesText().boxes[box], props.group.employees.length, name())}
        isReadOnly={props.isReadOnly || !props.group.employees.some(mayChange)}
        choose={(box, isOn) => props.staging.chooseAll(props.group.employees, box, isOn)}
      />
    </div>
  )
}
