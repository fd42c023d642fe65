import UserPlus from 'lucide-solid/icons/user-plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Person } from '#contract/people.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { createTeamList, withItem } from './create-team-list.ts'
import { Invite } from './invite.tsx'
import { Loaded } from './loaded.tsx'
import { PersonRow } from './person-row.tsx'
import { PersonSheet } from './person-sheet.tsx'
import { peopleShown } from './people.rules.ts'

/** Everybody of the company: who they are, what they may do, whether they are here. */
export default function PeopleScreen() {
  const { desk } = useDesk()
  const people = createTeamList('people')
  const departments = createTeamList('departments')
  const roles = createTeamList('roles')
  const [words, setWords] = createSignal('')
  const [isInviting, setIsInviting] = createSignal(false)
  const [openId, setOpenId] = createSignal<string | null>(null)
  const mayManage = () => desk.may('people.manage')
  const shown = createMemo(() => peopleShown(people.items() ?? [], words()))
  const open = createMemo(() => people.items()?.find(({ id }) => id === openId()))
  const put = (person: Person) => people.change((list) => withItem(list, person))
  const departmentNames = (person: Person) =>
    (departments.items() ?? []).filter(({ id }) => person.departments.includes(id)).map(({ name }) => name)

  return (
    <PartPage
      title={team().people.title}
      actions={
        <Show when={mayManage()}>
          <Button
            kind="quiet"
            class="!text-anil"
            icon={UserPlus}
            disabled={people.isStale() || !roles.items()}
            onClick={() => setIsInviting(true)}
          >
            {team().people.invite}
          </Button>
        </Show>
      }
    >
      <Loaded list={people}>
        {(items) => (
          <>
            <Show when={items().length > 1}>
              <input
                type="search"
                class="field mb-4"
                aria-label={team().people.search}
                placeholder={team().people.search}
                value={words()}
                onInput={(event) => setWords(event.currentTarget.value)}
              />
            </Show>
            <ul class="grid gap-3" aria-label={team().people.list}>
              <For each={shown()}>
                {(person) => (
                  <PersonRow
                    person={person}
                    departments={departmentNames(person)}
                    isMe={person.id === desk.me.person.id}
                    open={mayManage() ? () => setOpenId(person.id) : null}
                  />
                )}
              </For>
            </ul>
            <Show when={shown().length === 0}>
              <Empty title={team().people.noMatch(words())} />
            </Show>
            <Show when={items().length === 1 && mayManage()}>
              <Empty title={team().people.onlyYou} help={team().people.onlyYouHelp}>
                <Button kind="primary" icon={UserPlus} disabled={people.isStale()} onClick={() => setIsInviting(true)}>
                  {team().people.invite}
                </Button>
              </Empty>
            </Show>
          </>
        )}
      </Loaded>
      <Show when={isInviting() && mayManage() && roles.items()}>
        {(known) => (
          <Invite roles={known()} departments={departments.items() ?? []} added={put} close={() => setIsInviting(false)} />
        )}
      </Show>
      <Show when={mayManage() && open()}>
        {(person) => (
          <PersonSheet
            person={person()}
            roles={roles.items() ?? []}
            departments={departments.items() ?? []}
            isStale={people.isStale()}
            changed={put}
            close={() => setOpenId(null)}
          />
        )}
      </Show>
    </PartPage>
  )
}
