import { createEffect, For } from 'solid-js'
import { employeesText } from '../../text/employees.ts'
import { BOXES, type Box } from './employees.rules.ts'

/** The three check boxes, of one employee or of a whole department. */
export function RoleBoxes(props: {
  stateOf: (box: Box) => 'on' | 'off' | 'included' | 'some'
  labelOf: (box: Box) => string
  isReadOnly: boolean
  choose: (box: Box, isOn: boolean) => void
}) {
  return (
    <div class="flex flex-none gap-1">
      <For each={BOXES}>
        {(box) => {
          const state = () => props.stateOf(box)
          return (
            <label
              class="flex min-h-11 w-26 items-center gap-1.5 rounded-segment pr-1 pl-3 text-small"
              title={state() === 'included' ? employeesText().included : employeesText().boxHelp[box]}
            >
              <input
                ref={(input) => createEffect(() => void (input.indeterminate = state() === 'some'))}
                type="checkbox"
                class="size-5 flex-none accent-anil"
                aria-label={props.labelOf(box)}
                checked={state() === 'on' || state() === 'included'}
                disabled={props.isReadOnly || state() === 'included'}
                onChange={(event) => {
                  props.choose(box, event.currentTarget.checked)
                  // What stays as it was looks as it was.
                  event.currentTarget.checked = state() === 'on' || state() === 'included'
                  event.currentTarget.indeterminate = state() === 'some'
                }}
              />
              <span aria-hidden="true">{employeesText().short[box]}</span>
            </label>
          )
        }}
      </For>
    </div>
  )
}
