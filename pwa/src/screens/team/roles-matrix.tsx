import Ellipsis from 'lucide-solid/icons/ellipsis'
import { For, Show } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { PERMISSION_GROUPS, PERMISSIONS, type Permission, type PermissionGroup } from '#contract/permissions.ts'
import { team } from '../../text/team.ts'
import { IconButton } from '../../ui/button.tsx'
import { roleName } from '../../text/role-name.ts'
import { RoleCell } from './role-cell.tsx'
import { cellOf, isStaged, type Cell, type Staged } from './roles.rules.ts'

export type MatrixProps = {
  roles: readonly Role[]
  staged: Staged
  isReadOnly: boolean
  choose: (role: Role, permission: Permission, cell: Cell) => void
  /** null: roles are only to be read. */
  open: ((id: string) => void) | null
}

/** The groups, in the order of the contract. */
export const GROUPS = Object.keys(PERMISSION_GROUPS).filter((name): name is PermissionGroup => name in PERMISSION_GROUPS)

export const permissionsOf = (group: PermissionGroup) => PERMISSIONS.filter((name) => name in PERMISSION_GROUPS[group])

/** Permissions down, roles across; what a row and a column are stays in sight. For who has room. */
export function RolesMatrix(props: MatrixProps) {
  return (
    <div
      class="scroll-thin max-h-[70dvh] overflow-auto rounded-card border border-line bg-surface"
      role="region"
      tabindex="0"
      aria-label={team().roles.matrix}
    >
      <table class="w-full border-separate border-spacing-0 text-small">
        <thead>
          <tr>
            <th scope="col" class="sticky top-0 left-0 z-3 min-w-44 border-r border-b border-line bg-surface p-3 text-left">
              {team().roles.permission}
            </th>
            <For each={props.roles}>
              {(role) => (
                <th scope="col" class="sticky top-0 z-2 min-w-46 border-b border-line bg-surface p-3 text-left align-top">
                  <span class="flex items-start gap-1">
                    <span class="min-w-0 flex-1">
                      <span class="block max-w-42 wrap-anywhere">{roleName(role)}</span>
                      <span class="block text-meta font-normal text-ink-3">{team().roles.usedBy(role.people)}</span>
                    </span>
                    <Show when={props.open}>
                      {(open) => (
                        <IconButton
                          class="-mt-2.5 -mr-2"
                          icon={Ellipsis}
                          label={team().roles.optionsOf(roleName(role))}
                          onClick={() => open()(role.id)}
                        />
                      )}
                    </Show>
                  </span>
                </th>
              )}
            </For>
          </tr>
        </thead>
        <For each={GROUPS}>
          {(group) => (
            <tbody>
              <tr>
                <th
                  scope="rowgroup"
                  colspan={props.roles.length + 1}
                  class="border-b border-line bg-paper text-left font-display text-small font-bold"
                >
                  <span class="sticky left-0 inline-block px-3 py-2">{team().groups[group]}</span>
                </th>
              </tr>
              <For each={permissionsOf(group)}>{(permission) => <Line {...props} permission={permission} />}</For>
            </tbody>
          )}
        </For>
      </table>
    </div>
  )
}

function Line(props: MatrixProps & { permission: Permission }) {
  return (
    <tr>
      <th scope="row" class="sticky left-0 z-1 border-r border-b border-line bg-surface p-3 text-left align-top font-normal">
        <span class="block font-semibold">{team().permissions[props.permission].name}</span>
        <span class="block text-meta text-ink-3">{team().permissions[props.permission].help}</span>
      </th>
      <For each={props.roles}>
        {(role) => (
          <td
            class="border-b border-line px-3 py-2 align-top"
            classList={{ 'bg-maiz-tint': isStaged(role, props.staged, props.permission) }}
          >
            <RoleCell
              role={role}
              permission={props.permission}
              value={cellOf(role, props.staged, props.permission)}
              isChanged={isStaged(role, props.staged, props.permission)}
              isReadOnly={props.isReadOnly}
              choose={(cell) => props.choose(role, props.permission, cell)}
            />
          </td>
        )}
      </For>
    </tr>
  )
}
