import { For } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { createAction } from './create-action.ts'
import { roleName } from './names.ts'

/** A role of the company's own: a name, and the role that it begins as a copy of. */
export function AddRole(props: { roles: readonly Role[]; added: (role: Role) => void; close: () => void }) {
  const action = createAction()

  function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const from = props.roles.find(({ id }) => id === data.get('copyOf'))
    if (!from) return
    void action.run(async () => {
      props.added(await call(api.addRole, { name: String(data.get('name')), copyOf: from.id }))
      props.close()
    })
  }

  return (
    <Sheet title={team().roles.addTitle} closeLabel={t().app.close} close={props.close}>
      <form class="flex flex-col gap-5 p-5" onSubmit={submit}>
        <Field
          label={team().common.name}
          hint={team().roles.nameHint}
          name="name"
          minlength={2}
          maxlength={80}
          autocomplete="off"
          required
        />
        <Choice label={team().roles.copyOf} hint={team().roles.addHelp} name="copyOf">
          <For each={props.roles}>
            {(role) => (
              <option value={role.id} selected={role.base === 'agent' && !role.isOwn}>
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
