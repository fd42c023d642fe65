import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { Department } from '#contract/people.ts'
import { useDesk } from '../../live/context.ts'
import { PartPage } from '../../part-page.tsx'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { createTeamList, withItem } from './create-team-list.ts'
import { DepartmentRow } from './department-row.tsx'
import { DepartmentSheet } from './department-sheet.tsx'
import { Loaded } from './loaded.tsx'
import { Numbers } from './numbers.tsx'

/** The areas of the company, and who serves which number. */
export default function DepartmentsScreen() {
  const { desk } = useDesk()
  const departments = createTeamList('departments')
  const people = createTeamList('people')
  const [part, setPart] = createSignal<'departments' | 'numbers'>('departments')
  const [isAdding, setIsAdding] = createSignal(false)
  const [openId, setOpenId] = createSignal<string | null>(null)
  const mayManage = () => desk.may('departments.manage')
  const put = (department: Department) => departments.change((list) => withItem(list, department))
  const sorted = createMemo(() =>
    (departments.items() ?? []).toSorted((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name)),
  )
  const open = () => departments.items()?.find(({ id }) => id === openId())

  return (
    <PartPage
      title={team().departments.tabs[part()]}
      actions={
        <Show when={mayManage() && part() === 'departments'}>
          <Button kind="quiet" class="!text-anil" icon={Plus} disabled={departments.isStale()} onClick={() => setIsAdding(true)}>
            {team().departments.add}
          </Button>
        </Show>
      }
    >
      <div
        role="group"
        aria-label={team().departments.title}
        class="mb-4 flex flex-wrap gap-x-1 rounded-slip border border-line bg-surface px-2"
      >
        <For each={['departments', 'numbers'] as const}>
          {(name) => (
            <Segment chosen={part() === name} choose={() => setPart(name)}>
              {team().departments.tabs[name]}
            </Segment>
          )}
        </For>
      </div>
      <Switch>
        <Match when={part() === 'departments'}>
          <Loaded list={departments}>
            {() => (
              <Show
                when={sorted().length > 0}
                fallback={
                  <Empty title={team().departments.empty} help={team().departments.emptyHelp}>
                    <Show when={mayManage()}>
                      <Button kind="primary" icon={Plus} onClick={() => setIsAdding(true)}>
                        {team().departments.add}
                      </Button>
                    </Show>
                  </Empty>
                }
              >
                <ul class="grid gap-3">
                  <For each={sorted()}>
                    {(department) => (
                      <DepartmentRow
                        department={department}
                        people={people.items() ?? []}
                        open={mayManage() ? () => setOpenId(department.id) : null}
                      />
                    )}
                  </For>
                </ul>
              </Show>
            )}
          </Loaded>
        </Match>
        <Match when={part() === 'numbers'}>
          <Numbers
            departments={departments.items() ?? []}
            people={people.items() ?? []}
            changed={() => void departments.again()}
          />
        </Match>
      </Switch>
      <Show when={mayManage() && (isAdding() || open())}>
        <DepartmentSheet
          department={open()}
          people={people.items() ?? []}
          isStale={departments.isStale()}
          changed={put}
          close={() => {
            setIsAdding(false)
            setOpenId(null)
          }}
        />
      </Show>
    </PartPage>
  )
}
