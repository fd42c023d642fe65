import { createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js'
import { Virtualizer } from 'virtua/solid'
import type { Employees } from '#contract/employees.ts'
import { employeesText } from '../../text/employees.ts'
import type { EmployeeStaging } from './create-employee-staging.ts'
import { EmployeeGroup } from './employee-group.tsx'
import { EmployeeRow } from './employee-row.tsx'
import { rowsOf, type Group, type Row } from './employees.rules.ts'

/** As a row is at most widths; those that were drawn say their own. */
const ROW_PX = 64

type EmployeeListProps = {
  list: Employees
  groups: readonly Group[]
  staging: EmployeeStaging
  isReadOnly: boolean
  folded: ReadonlySet<string>
  fold: (groupId: string) => void
}

/** The departments with their people, in one virtual list that scrolls with the page. */
export function EmployeeList(props: EmployeeListProps) {
  let box!: HTMLDivElement
  const [scroll, setScroll] = createSignal<HTMLElement>()
  /** What stands above the list in the page: its height changes with what is said there. */
  const [above, setAbove] = createSignal(0)
  const byKey = createMemo(() => new Map(rowsOf(props.groups, props.folded).map((row) => [row.key, row])))
  const keys = createMemo(() => [...byKey().keys()])

  onMount(() => {
    const element = box.closest<HTMLElement>('.overflow-y-auto')
    if (!element) return
    const measure = () => void setAbove(box.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop)
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    if (box.parentElement) for (const sibling of box.parentElement.children) if (sibling !== box) watch.observe(sibling)
    onCleanup(() => watch.disconnect())
    measure()
    setScroll(element)
  })

  return (
    <div
      ref={box}
      class="mt-3 overflow-hidden rounded-card border border-line bg-surface"
      role="region"
      aria-label={employeesText().list}
    >
      <Show when={scroll()}>
        {(element) => (
          <Virtualizer data={keys()} scrollRef={element()} startMargin={above()} itemSize={ROW_PX} as="ul" item="li">
            {(key) => <Show when={byKey().get(key)}>{(row) => <Line {...props} row={row()} />}</Show>}
          </Virtualizer>
        )}
      </Show>
    </div>
  )
}

function Line(props: EmployeeListProps & { row: Row }) {
  const employee = () => ('employee' in props.row ? props.row.employee : null)
  return (
    <Show
      when={employee()}
      fallback={
        <EmployeeGroup
          group={props.row.group}
          staging={props.staging}
          isFolded={props.folded.has(props.row.group.id)}
          isReadOnly={props.isReadOnly}
          fold={() => props.fold(props.row.group.id)}
        />
      }
    >
      {(one) => (
        <EmployeeRow
          employee={one()}
          staging={props.staging}
          hasDepartments={props.list.hasDepartments}
          isReadOnly={props.isReadOnly}
        />
      )}
    </Show>
  )
}
