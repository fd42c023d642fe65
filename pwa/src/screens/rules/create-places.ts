import { createResource, type Accessor } from 'solid-js'
import type { DepartmentId, RoleId } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { roleName } from '../../text/role-name.ts'

export type Places = {
  roles: { id: RoleId; name: string; archived: boolean }[]
  departments: { id: DepartmentId; name: string; archived: boolean }[]
}

/** Roles and departments of the company; null until they are known, or when they cannot be read. */
export function createPlaces(): Accessor<Places | null> {
  const [places] = createResource(async (): Promise<Places | null> => {
    try {
      const [roles, departments] = await Promise.all([call(api.listRoles, {}), call(api.listDepartments, {})])
      return {
        roles: roles.items.map((role) => ({ id: role.id, name: roleName(role), archived: role.archived })),
        departments: departments.items.map(({ id, name, archived }) => ({ id, name, archived })),
      }
    } catch {
      return null
    }
  })
  return () => places.latest ?? null
}
