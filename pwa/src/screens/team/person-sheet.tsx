import Link from 'lucide-solid/icons/link'
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import UserCheck from 'lucide-solid/icons/user-check'
import UserX from 'lucide-solid/icons/user-x'
import { createSignal, Match, Show, Switch, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { OutputOf } from '#contract/endpoint.ts'
import type { Department, makeLink as makeLinkRow, Person, Role } from '#contract/people.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { createAction } from '../../api/create-action.ts'
import { DeactivateSheet } from './deactivate-sheet.tsx'
import { LinkShown } from './link-shown.tsx'
import { PersonDevices } from './person-devices.tsx'
import { PersonFields } from './person-fields.tsx'
import { formOf, personChanges, type PersonForm } from './people.rules.ts'

type LinkMade = OutputOf<typeof makeLinkRow>
type PersonSheetProps = {
  person: Person
  roles: readonly Role[]
  departments: readonly Department[]
  isStale: boolean
  changed: (person: Person) => void
  close: () => void
}

/** One person: their data, a new link, their devices, and the door. */
export function PersonSheet(props: PersonSheetProps) {
  const [shows, setShows] = createSignal<'data' | 'devices'>('data')
  const [link, setLink] = createSignal<LinkMade | null>(null)
  // Here, so that a look at the devices loses nothing that was typed.
  const [form, setForm] = createStore(untrack(() => formOf(props.person)))
  const title = () => {
    if (link()) return team().people.linkTitle
    return shows() === 'devices' ? team().people.devicesTitle(props.person.name) : team().people.editTitle(props.person.name)
  }
  return (
    <Sheet title={title()} closeLabel={t().app.close} close={props.close}>
      <Switch
        fallback={<Data {...props} form={form} change={setForm} seeDevices={() => setShows('devices')} showLink={setLink} />}
      >
        <Match when={link()}>
          {(made) => <LinkShown name={made().person.name} link={made().link} until={made().until} done={props.close} />}
        </Match>
        <Match when={shows() === 'devices'}>
          <PersonDevices person={props.person} back={() => setShows('data')} changed={props.changed} />
        </Match>
      </Switch>
    </Sheet>
  )
}

type DataProps = PersonSheetProps & {
  form: PersonForm
  change: (more: Partial<PersonForm>) => void
  seeDevices: () => void
  showLink: (made: LinkMade) => void
}

function Data(props: DataProps) {
  const { desk } = useDesk()
  const action = createAction()
  const [isLeaving, setIsLeaving] = createSignal(false)
  const isMe = () => props.person.id === desk.me.person.id
  const isOut = () => props.person.state === 'deactivated'

  async function save() {
    const changes = personChanges(props.person, props.form)
    if (Object.keys(changes).length === 0) {
      say(team().people.nothingChanged)
      return props.close()
    }
    props.changed(await call(api.changePerson, { personId: props.person.id, ...changes }))
    say(team().people.saved)
    props.close()
  }

  async function makeLink() {
    const made = await call(api.makeLink, { personId: props.person.id })
    props.changed(made.person)
    props.showLink(made)
  }

  async function reactivate() {
    const person = await call(api.reactivatePerson, { personId: props.person.id })
    props.changed(person)
    say(team().people.reactivated(person.name))
    props.close()
  }

  return (
    <form
      class="flex flex-col gap-5 p-5"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(save)
      }}
    >
      <fieldset class="contents" disabled={props.isStale}>
        <PersonFields
          form={props.form}
          change={props.change}
          roles={props.roles}
          departments={props.departments}
          roleIsFixed={isMe()}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {team().common.save}
        </Button>
        <div class="flex flex-col gap-2 border-t border-line pt-4">
          <Button icon={MonitorSmartphone} onClick={() => props.seeDevices()}>
            {team().people.see}
          </Button>
          <Show when={!isOut()}>
            <Button icon={Link} busy={action.busy()} onClick={() => void action.run(makeLink)}>
              {team().people.newLink}
            </Button>
            <p class="text-meta text-ink-3">{team().people.newLinkHelp}</p>
          </Show>
          <Show
            when={isOut()}
            fallback={
              <Button kind="danger" icon={UserX} disabled={isMe()} onClick={() => setIsLeaving(true)}>
                {team().people.deactivate}
              </Button>
            }
          >
            <Button icon={UserCheck} busy={action.busy()} onClick={() => void action.run(reactivate)}>
              {team().people.reactivate}
            </Button>
          </Show>
          <Show when={isMe()}>
            <p class="text-meta text-ink-3">{team().people.itsYou}</p>
          </Show>
        </div>
      </fieldset>
      <Show when={isLeaving()}>
        <DeactivateSheet person={props.person} changed={props.changed} close={() => setIsLeaving(false)} done={props.close} />
      </Show>
    </form>
  )
}
