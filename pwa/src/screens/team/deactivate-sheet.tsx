import type { Person } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { team } from '../../text/team.ts'
import { say } from '../../ui/toast.tsx'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { createAction } from '../../api/create-action.ts'

/** Asks before a person is put out, and says what happens to their devices and chats. */
export function DeactivateSheet(props: {
  person: Person
  changed: (person: Person) => void
  close: () => void
  done: () => void
}) {
  const action = createAction()

  async function deactivate() {
    const { person, requeued } = await call(api.deactivatePerson, { personId: props.person.id })
    say(team().people.deactivated(person.name, requeued))
    props.changed(person)
    props.close()
    props.done()
  }

  return (
    <ConfirmSheet
      title={team().people.deactivateTitle(props.person.name)}
      sure={team().people.deactivate}
      action={action}
      confirm={() => void action.run(deactivate)}
      close={props.close}
    >
      <ul class="flex list-disc flex-col gap-2 pl-5 text-small">
        <li>{team().people.deactivateOut}</li>
        <li>{team().people.deactivateChats(props.person.openChats)}</li>
        <li>{team().people.deactivateKept}</li>
      </ul>
    </ConfirmSheet>
  )
}
