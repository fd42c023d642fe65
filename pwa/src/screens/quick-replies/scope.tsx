import { createResource, For, Show } from 'solid-js'
import type { QuickReply } from '#contract/quick-replies.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { quickText } from '../../text/quick.ts'
import { t } from '../../text/text.ts'

export type Scoped = Pick<QuickReply, 'roles' | 'departments' | 'channels'>

/** For whom a quick reply is. Nothing chosen is everybody; what the caller cannot list stays as it is. */
export function Scope(props: { scoped: Scoped; change: (more: Partial<Scoped>) => void }) {
  const { desk } = useDesk()
  const [team] = createResource(async () => {
    if (!desk.may('people.read')) return null
    try {
      const [roles, departments] = await Promise.all([call(api.listRoles, {}), call(api.listDepartments, {})])
      return { roles: roles.items, departments: departments.items }
    } catch {
      return null
    }
  })
  const roles = () =>
    (team.latest?.roles ?? [])
      .filter(({ id, archived }) => !archived || props.scoped.roles.includes(id))
      .map(({ id, name, base }) => ({ id, name: name ?? t().settings.roleNames[base] }))
  const departments = () =>
    (team.latest?.departments ?? []).filter(({ id, archived }) => !archived || props.scoped.departments.includes(id))
  return (
    <section class="flex flex-col gap-4">
      <div>
        <h3 class="text-small font-semibold">{quickText().forWhom}</h3>
        <p class="text-meta text-ink-3">{quickText().forWhomHelp}</p>
      </div>
      <Boxes
        label={quickText().roles}
        options={roles()}
        chosen={props.scoped.roles}
        choose={(ids) => props.change({ roles: ids })}
      />
      <Boxes
        label={quickText().departments}
        options={departments()}
        chosen={props.scoped.departments}
        choose={(ids) => props.change({ departments: ids })}
      />
      <Boxes
        label={quickText().channels}
        options={desk.channels()}
        chosen={props.scoped.channels}
        choose={(ids) => props.change({ channels: ids })}
      />
    </section>
  )
}

function Boxes<Id extends string>(props: {
  label: string
  options: readonly { id: Id; name: string }[]
  chosen: readonly Id[]
  choose: (ids: Id[]) => void
}) {
  const toggle = (id: Id, on: boolean) => props.choose(on ? [...props.chosen, id] : props.chosen.filter((other) => other !== id))
  return (
    <Show when={props.options.length > 0}>
      <fieldset class="min-w-0">
        <legend class="mb-1 text-meta font-semibold text-ink-2">{props.label}</legend>
        <ul class="scroll-thin max-h-48 overflow-y-auto rounded-slip border border-line bg-paper">
          <For each={props.options}>
            {(option) => (
              <li class="border-line [&+&]:border-t">
                <label class="row flex min-h-11 items-center gap-3 px-4">
                  <input
                    type="checkbox"
                    class="size-5 flex-none accent-anil"
                    checked={props.chosen.includes(option.id)}
                    onChange={(event) => toggle(option.id, event.currentTarget.checked)}
                  />
                  <span class="min-w-0 flex-1 wrap-anywhere">{option.name}</span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </fieldset>
    </Show>
  )
}
