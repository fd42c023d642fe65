import type { Accessor } from 'solid-js'
import type { DepartmentId, RoleId } from '#contract/ids.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { createRead } from './lib/create-read.ts'
import { useDesk } from './live/context.ts'
import { roleName } from './text/role-name.ts'

type Place<Id> = { id: Id; name: string; archived: boolean }
export type Places = { roles: Place<RoleId>[]; departments: Place<DepartmentId>[] }

/** Roles and departments of the company; null until they are known, for whoever may not read them, or when they cannot be read. */
export function createPlaces(): Accessor<Places | null> {
  const { desk } = useDesk()
  const [places] = createRead(
    () => desk.may('people.read'),
    async (): Promise<Places | null> => {
      try {
        const [roles, departments] = await Promise.all([call(api.listRoles, {}), call(api.listDepartments, {})])
        return { roles: roles.items.map((role) => ({ ...role, name: roleName(role) })), departments: departments.items }
      } catch {
        return null
      }
    },
  )
  return () => places.latest ?? null
}

/** Those that may be chosen: what is archived stays where it was chosen. */
export function choosable<One extends Place<string>>(places: readonly One[] | undefined, chosen: readonly string[]): One[] {
  return (places ?? []).filter(({ id, archived }) => !archived || chosen.includes(id))
}
