import { createSignal, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { OutputOf } from '#contract/endpoint.ts'
import type { Department, invitePerson, Person, Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { LinkShown } from './link-shown.tsx'
import { PersonFields } from './person-fields.tsx'
import type { PersonForm } from './people.rules.ts'

type InviteProps = {
  roles: readonly Role[]
  departments: readonly Department[]
  added: (person: Person) => void
  close: () => void
}

/** Asks for a new person, then shows the link to hand to them. */
export function Invite(props: InviteProps) {
  const action = createAction()
  const [done, setDone] = createSignal<OutputOf<typeof invitePerson> | null>(null)
  // Most who are invited are agents; nobody becomes more by an oversight.
  const usual = untrack(() => props.roles.find(({ base, isOwn }) => base === 'agent' && !isOwn) ?? props.roles[0])
  const [form, setForm] = createStore<Omit<PersonForm, 'roleId'> & { roleId: PersonForm['roleId'] | undefined }>({
    name: '',
    email: '',
    departments: [],
    channels: [],
    roleId: usual?.id,
  })
  const filled = (): PersonForm | null => {
    const { roleId } = form
    return roleId ? { ...form, roleId } : null
  }

  async function invite() {
    const given = filled()
    if (!given) return
    const answer = await call(api.invitePerson, given)
    props.added(answer.person)
    setDone(answer)
  }

  return (
    <Sheet title={done() ? team().people.linkTitle : team().people.inviteTitle} closeLabel={t().app.close} close={props.close}>
      <Show
        when={done()}
        fallback={
          <form
            class="flex flex-col gap-5 p-5"
            onSubmit={(event) => {
              event.preventDefault()
              void action.run(invite)
            }}
          >
            <Show when={filled()}>
              {(given) => <PersonFields form={given()} change={setForm} roles={props.roles} departments={props.departments} />}
            </Show>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {action.error()}
            </p>
            <Button kind="primary" type="submit" busy={action.busy()}>
              {team().people.makeInvitation}
            </Button>
          </form>
        }
      >
        {(answer) => <LinkShown name={answer().person.name} link={answer().link} until={answer().until} done={props.close} />}
      </Show>
    </Sheet>
  )
}
