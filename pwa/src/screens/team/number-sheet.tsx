import { createMemo, createUniqueId, For, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Channel } from '#contract/channels.ts'
import type { ChannelPeople, Department, Person } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { createAction } from '../../api/create-action.ts'
import { Picker } from './picker.tsx'

type NumberSheetProps = {
  channel: Channel
  assigned: ChannelPeople
  departments: readonly Department[]
  people: readonly Person[]
  changed: (now: ChannelPeople) => void
  close: () => void
}

/** Who serves a number: a pool or chosen people, and the department of its new chats. */
export function NumberSheet(props: NumberSheetProps) {
  const action = createAction()
  const group = createUniqueId()
  const [form, setForm] = createStore(untrack(() => ({ ...props.assigned })))
  const departments = createMemo(() => props.departments.filter(({ archived, id }) => !archived || id === form.departmentId))
  const people = createMemo(() => props.people.filter(({ state, id }) => state !== 'deactivated' || form.people.includes(id)))

  async function save() {
    const { access, departmentId, people: chosen } = form
    const given = { channelId: props.channel.id, access, departmentId, people: [...chosen] }
    props.changed(await call(api.changeChannelPeople, given))
    say(team().common.saved)
    props.close()
  }

  return (
    <Sheet title={props.channel.name} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-1 text-small font-semibold">{team().numbers.access}</legend>
          <For each={['shared', 'exclusive'] as const}>
            {(access) => (
              <label
                class="flex min-h-14 items-center gap-3 rounded-slip border-[1.5px] px-4 py-2"
                classList={{ 'border-anil bg-anil-tint': form.access === access, 'border-line': form.access !== access }}
              >
                <input
                  type="radio"
                  name={group}
                  class="size-5 flex-none accent-anil"
                  checked={form.access === access}
                  onChange={() => setForm('access', access)}
                />
                <span class="min-w-0 flex-1">
                  <span class="block">{team().numbers[access]}</span>
                  <span class="block text-meta text-ink-2">{team().numbers[`${access}Help`]}</span>
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <Choice
          label={team().numbers.department}
          onChange={(event) =>
            setForm('departmentId', props.departments.find(({ id }) => id === event.currentTarget.value)?.id ?? null)
          }
        >
          <option value="" selected={form.departmentId === null}>
            {team().numbers.noDepartment}
          </option>
          <For each={departments()}>
            {(department) => (
              <option value={department.id} selected={department.id === form.departmentId}>
                {department.name}
              </option>
            )}
          </For>
        </Choice>
        <Picker
          label={team().numbers.people}
          help={form.access === 'exclusive' && form.people.length === 0 ? team().numbers.exclusiveNobody : ''}
          options={people().map((person) => ({ id: person.id, name: person.name, help: person.email }))}
          chosen={form.people}
          choose={(ids) =>
            setForm(
              'people',
              props.people.map(({ id }) => id).filter((id) => ids.includes(id)),
            )
          }
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {team().common.save}
        </Button>
      </form>
    </Sheet>
  )
}
