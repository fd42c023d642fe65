import { createMemo, For, Show } from 'solid-js'
import type { Department, Role } from '#contract/people.ts'
import { useDesk } from '../../live/context.ts'
import { team } from '../../text/team.ts'
import { Choice, Field } from '../../ui/field.tsx'
import { roleName } from '../../text/role-name.ts'
import { channelOption } from './names.ts'
import type { PersonForm } from './people.rules.ts'
import { Picker } from './picker.tsx'

type PersonFieldsProps = {
  form: PersonForm
  change: (more: Partial<PersonForm>) => void
  roles: readonly Role[]
  departments: readonly Department[]
  /** Nobody changes their own role. */
  roleIsFixed?: boolean
}

/** What is asked of a person, when they are invited and later. */
export function PersonFields(props: PersonFieldsProps) {
  const { desk } = useDesk()
  const roles = () => props.roles.filter(({ archived, id }) => !archived || id === props.form.roleId)
  // What was chosen stays in sight, and so does what is put away but still given.
  const departments = createMemo(() =>
    props.departments.filter(({ archived, id }) => !archived || props.form.departments.includes(id)),
  )
  const channels = createMemo(() =>
    desk.channels().filter(({ state, id }) => state !== 'archived' || props.form.channels.includes(id)),
  )
  return (
    <>
      <Field
        label={team().common.name}
        minlength={2}
        maxlength={80}
        autocomplete="off"
        required
        value={props.form.name}
        onInput={(event) => props.change({ name: event.currentTarget.value })}
      />
      <Field
        label={team().people.email}
        type="email"
        maxlength={254}
        autocomplete="off"
        required
        value={props.form.email}
        onInput={(event) => props.change({ email: event.currentTarget.value })}
      />
      <Choice
        label={team().people.role}
        hint={props.roleIsFixed ? team().people.itsYou : team().people.roleHelp}
        disabled={props.roleIsFixed}
        onChange={(event) => {
          const role = props.roles.find(({ id }) => id === event.currentTarget.value)
          if (role) props.change({ roleId: role.id })
        }}
      >
        <For each={roles()}>
          {(role) => (
            <option value={role.id} selected={role.id === props.form.roleId}>
              {roleName(role)}
            </option>
          )}
        </For>
      </Choice>
      <Show when={departments().length > 0}>
        <Picker
          label={team().people.departments}
          options={departments()}
          chosen={props.form.departments}
          choose={(ids) => props.change({ departments: props.departments.map(({ id }) => id).filter((id) => ids.includes(id)) })}
        />
      </Show>
      <Show when={channels().length > 0}>
        <Picker
          label={team().people.numbers}
          help={team().people.numbersHelp}
          options={channels().map(channelOption)}
          chosen={props.form.channels}
          choose={(ids) =>
            props.change({
              channels: desk
                .channels()
                .map(({ id }) => id)
                .filter((id) => ids.includes(id)),
            })
          }
        />
      </Show>
    </>
  )
}
