import { createSignal, For, untrack } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { roleName } from '../../text/role-name.ts'

/** A role of the company's own: a name, and the role that it begins as a copy of. */
export function AddRole(props: { roles: readonly Role[]; added: (role: Role) => void; close: () => void }) {
  const action = createAction()

  const [name, setName] = createSignal('')
  const [fromId, setFromId] = createSignal(
    untrack(() => (props.roles.find(({ base, isOwn }) => base === 'agent' && !isOwn) ?? props.roles[0])?.id),
  )

  async function add() {
    const copyOf = fromId()
    if (!copyOf) return
    props.added(await call(api.addRole, { name: name().trim(), copyOf }))
    props.close()
  }

  return (
    <Sheet title={team().roles.addTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(add)
        }}
      >
        <Field
          label={team().common.name}
          hint={team().roles.nameHint}
          minlength={2}
          maxlength={80}
          autocomplete="off"
          required
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={team().roles.copyOf}
          hint={team().roles.addHelp}
          onChange={(event) => setFromId(props.roles.find(({ id }) => id === event.currentTarget.value)?.id)}
        >
          <For each={props.roles}>
            {(role) => (
              <option value={role.id} selected={role.id === fromId()}>
                {roleName(role)}
              </option>
            )}
          </For>
        </Choice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {team().roles.add}
        </Button>
      </form>
    </Sheet>
  )
}
