import ChevronDown from 'lucide-solid/icons/chevron-down'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import { For, Show } from 'solid-js'
import type { Role } from '#contract/people.ts'
import type { PermissionGroup } from '#contract/permissions.ts'
import { team } from '../../text/team.ts'
import { IconButton } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { roleName } from '../../text/role-name.ts'
import { lockReason, RoleCell } from './role-cell.tsx'
import { GROUPS, permissionsOf, type MatrixProps } from './roles-matrix.tsx'
import { cellOf, isStaged } from './roles.rules.ts'

/** One role at a time, a drawer for each group: the same matrix on a phone. */
export function RolesAccordion(props: MatrixProps & { shown: string | null; show: (id: string) => void }) {
  const role = () => props.roles.find(({ id }) => id === props.shown) ?? props.roles[0]
  return (
    <>
      <div class="flex items-end gap-1">
        <Choice class="min-w-0 flex-1" label={team().roles.role} onChange={(event) => props.show(event.currentTarget.value)}>
          <For each={props.roles}>
            {(one) => (
              <option value={one.id} selected={one.id === role()?.id}>
                {roleName(one)} · {team().roles.usedBy(one.people)}
              </option>
            )}
          </For>
        </Choice>
        <Show when={props.open && role()}>
          {(shown) => (
            <IconButton
              icon={Ellipsis}
              class="mb-0.5"
              label={team().roles.optionsOf(roleName(shown()))}
              onClick={() => props.open?.(shown().id)}
            />
          )}
        </Show>
      </div>
      <Show when={role()}>
        {(shown) => (
          <div class="mt-4 grid gap-3">
            <For each={GROUPS}>{(group) => <Drawer {...props} role={shown()} group={group} />}</For>
          </div>
        )}
      </Show>
    </>
  )
}

function Drawer(props: MatrixProps & { role: Role; group: PermissionGroup }) {
  const changed = () => permissionsOf(props.group).filter((name) => isStaged(props.role, props.staged, name)).length
  return (
    <details class="group fold-bl overflow-hidden rounded-card border border-line bg-surface" open={props.group === 'chats'}>
      <summary class="flex min-h-14 items-center gap-2 px-4 font-display font-bold">
        <span class="min-w-0 flex-1">{team().groups[props.group]}</span>
        <Show when={changed() > 0}>
          <span class="rounded-chip bg-maiz-tint px-2 py-px font-sans text-meta font-semibold text-maiz">
            {team().roles.staged(changed())}
          </span>
        </Show>
        <Icon of={ChevronDown} class="text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      <ul class="border-t border-line">
        <For each={permissionsOf(props.group)}>
          {(permission) => (
            <li
              class="flex flex-wrap items-center gap-x-3 gap-y-1 border-line px-4 py-2 [&+&]:border-t"
              classList={{ 'bg-maiz-tint': isStaged(props.role, props.staged, permission) }}
            >
              <div class="min-w-44 flex-1">
                <p>{team().permissions[permission].name}</p>
                <p class="text-meta text-ink-3">{team().permissions[permission].help}</p>
                <p class="text-meta text-ink-2 empty:hidden">{lockReason(props.role, permission)}</p>
              </div>
              <RoleCell
                role={props.role}
                permission={permission}
                value={cellOf(props.role, props.staged, permission)}
                isChanged={isStaged(props.role, props.staged, permission)}
                isReadOnly={props.isReadOnly}
                choose={(cell) => props.choose(props.role, permission, cell)}
              />
            </li>
          )}
        </For>
      </ul>
    </details>
  )
}
