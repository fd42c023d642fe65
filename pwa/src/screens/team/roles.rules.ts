/** Staged changes of roles: what a person has chosen in the matrix, and nobody has been told yet. */
import type { Role } from '#contract/people.ts'
import { lockOf, PERMISSIONS, type Grants, type Permission, type Reach } from '#contract/permissions.ts'

/** What a cell may say; null is not given. */
export type Cell = Reach | null
/** Role → permission → what it is to be. Only what differs from the role as it is. */
export type Staged = Readonly<Record<string, Readonly<Partial<Record<Permission, Cell>>>>>
export type Diff = { role: Role; permission: Permission; before: Cell; after: Cell }

/** What the cell says now, with what is staged. */
export function cellOf(role: Role, staged: Staged, permission: Permission): Cell {
  const chosen = staged[role.id]?.[permission]
  return chosen === undefined ? (role.grants[permission] ?? null) : chosen
}

export function isStaged(role: Role, staged: Staged, permission: Permission): boolean {
  return staged[role.id]?.[permission] !== undefined
}

/** Chooses; choosing what the role already gives takes the change back. A locked cell stays as it is. */
export function stage(staged: Staged, role: Role, permission: Permission, wanted: Cell): Staged {
  if (lockOf(role.base, role.isOwn, permission)) return staged
  const cells = { ...staged[role.id] }
  delete cells[permission]
  if (wanted !== (role.grants[permission] ?? null)) cells[permission] = wanted
  return { ...staged, [role.id]: cells }
}

/** Every staged change, in the order of the roles and of the matrix. */
export function diffOf(roles: readonly Role[], staged: Staged): Diff[] {
  return roles.flatMap((role) =>
    PERMISSIONS.filter((permission) => isStaged(role, staged, permission)).map((permission) => ({
      role,
      permission,
      before: role.grants[permission] ?? null,
      after: cellOf(role, staged, permission),
    })),
  )
}

/** The roles as they are to be, whole: what PUT /roles takes. */
export function changesFor(roles: readonly Role[], staged: Staged): { roleId: Role['id']; rev: number; grants: Grants }[] {
  const changed = new Set(diffOf(roles, staged).map(({ role }) => role.id))
  return roles
    .filter(({ id }) => changed.has(id))
    .map((role) => {
      const grants: Grants = {}
      for (const permission of PERMISSIONS) {
        const cell = cellOf(role, staged, permission)
        if (cell) grants[permission] = cell
      }
      return { roleId: role.id, rev: role.rev, grants }
    })
}

/** What is still to be done after the roles were read again: not what somebody has done meanwhile, nor for a role that is gone. */
export function stillApplies(roles: readonly Role[], staged: Staged): Staged {
  let kept: Staged = {}
  for (const role of roles) {
    if (role.archived) continue
    for (const permission of PERMISSIONS) {
      if (isStaged(role, staged, permission)) kept = stage(kept, role, permission, cellOf(role, staged, permission))
    }
  }
  return kept
}

/** Stages whatever brings a role back to what its standard gives. */
export function stageDefaults(staged: Staged, role: Role): Staged {
  return PERMISSIONS.reduce((next, permission) => stage(next, role, permission, role.defaults[permission] ?? null), staged)
}
