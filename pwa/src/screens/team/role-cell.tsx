import Lock from 'lucide-solid/icons/lock'
import { For, Match, Switch } from 'solid-js'
import type { Role } from '#contract/people.ts'
import { isScoped, lockOf, REACHES, type Permission } from '#contract/permissions.ts'
import { team } from '../../text/team.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'
import { roleName } from '../../text/role-name.ts'
import type { Cell } from './roles.rules.ts'

type RoleCellProps = {
  role: Role
  permission: Permission
  value: Cell
  isChanged: boolean
  isReadOnly: boolean
  choose: (cell: Cell) => void
}

/** Why this cell cannot be switched, in words; null when it can. */
export function lockReason(role: Role, permission: Permission): string | null {
  const lock = lockOf(role.base, role.isOwn, permission)
  if (!lock) return null
  return lock === 'never' ? team().roles.locks.never[role.base] : team().roles.locks.always
}

/** What a cell says: not given, given, or how far. */
export function cellName(permission: Permission, value: Cell): string {
  if (!value) return team().roles.none
  return isScoped(permission) ? team().roles.reaches[value] : team().roles.yes
}

/** One permission of one role: a switch, a choice of how far, or a lock that says why. */
export function RoleCell(props: RoleCellProps) {
  const label = () => team().roles.cell(team().permissions[props.permission].name, roleName(props.role))
  const described = () => [label(), props.isChanged && team().roles.changed].filter(Boolean).join(', ')
  const reason = () => lockReason(props.role, props.permission)
  return (
    <span class="relative inline-flex min-h-11 items-center">
      <Switch>
        <Match when={reason()}>
          {(why) => (
            <button
              type="button"
              class="flex min-h-11 items-center gap-1.5 rounded-segment px-2 text-small text-ink-2"
              aria-label={`${label()}: ${cellName(props.permission, props.value)}. ${why()}`}
              onClick={() => say(why())}
            >
              <Icon of={Lock} size={16} />
              {cellName(props.permission, props.value)}
            </button>
          )}
        </Match>
        <Match when={isScoped(props.permission)}>
          <select
            class="min-h-11 w-full max-w-46 min-w-40 rounded-segment border-[1.5px] border-edge bg-paper px-2 text-small disabled:bg-sunk disabled:text-ink-2"
            aria-label={described()}
            disabled={props.isReadOnly}
            onChange={(event) => props.choose(REACHES.find((reach) => reach === event.currentTarget.value) ?? null)}
          >
            <option value="" selected={props.value === null}>
              {team().roles.none}
            </option>
            <For each={REACHES}>
              {(reach) => (
                <option value={reach} selected={props.value === reach}>
                  {team().roles.reaches[reach]}
                </option>
              )}
            </For>
          </select>
        </Match>
        <Match when={true}>
          <input
            type="checkbox"
            role="switch"
            class="switch"
            aria-label={described()}
            checked={props.value !== null}
            disabled={props.isReadOnly}
            onChange={(event) => props.choose(event.currentTarget.checked ? 'all' : null)}
          />
        </Match>
      </Switch>
    </span>
  )
}
