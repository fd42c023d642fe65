/** The employees of a Bitrix24 portal, and which of the three roles each has here. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant, PortalId } from './ids.ts'
import { BASES } from './permissions.ts'

/**
 * What the check boxes come to. `quality` reads everything and writes nothing; `sales` works with their own clients; both together
 * read everything and write to their own; `head` has the whole company, `department_head` their departments.
 */
export const ACCESSES = ['none', 'quality', 'sales', 'quality_sales', 'head', 'department_head'] as const
const Access = z.enum(ACCESSES)
export type Access = z.infer<typeof Access>

const UserId = z.string().check(z.regex(/^\d{1,18}$/))

export const Employee = z.object({
  /** Their number in the portal. */
  userId: UserId,
  name: z.string(),
  position: z.string(),
  /** The portal's departments that they stand in. */
  departments: z.array(z.string()),
  isAdmin: z.boolean(),
  /** False: dismissed there, with a way in of their own here. */
  isActive: z.boolean(),
  /** `other`: somebody chose another role for them in Personas, where it is changed. */
  access: z.enum([...ACCESSES, 'other']),
  /** Their role here; null: they do not come in. */
  role: z.nullable(z.object({ base: z.enum(BASES), name: z.nullable(z.string()) })),
  isYou: z.boolean(),
  /** When they last opened the application in the portal. */
  seenAt: z.nullable(Instant),
})
export type Employee = z.infer<typeof Employee>

const Changes = z.array(z.object({ userId: UserId, from: Access, to: Access })).check(z.maxLength(5_000))

export const Employees = z.object({
  portalId: PortalId,
  domain: z.string(),
  /** When the portal's list was last read whole; null: never. */
  readAt: z.nullable(Instant),
  /** Why the latest try could not: Bitrix24's own code. */
  problem: z.nullable(z.string()),
  /** The company has departments of its own, so a head may have those alone. */
  hasDepartments: z.boolean(),
  departments: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.nullable(z.string()) })),
  items: z.array(Employee),
  /** What the caller has chosen and not applied yet. */
  staged: Changes,
})
export type Employees = z.infer<typeof Employees>

export const listEmployees = endpoint({
  method: 'GET',
  path: '/portals/:portalId/employees',
  summary: 'The employees of a portal as they were last read there, by name, with what each may do here',
  may: 'people.manage',
  input: z.object({ portalId: PortalId }),
  returns: Employees,
})

export const readEmployees = endpoint({
  method: 'POST',
  path: '/portals/:portalId/employees/reading',
  summary:
    'Reads employees and departments in Bitrix24 now. Whoever was dismissed there loses access at once. Refuses portal_away, portal_refused',
  may: 'people.manage',
  input: z.object({ portalId: PortalId }),
  returns: z.object({ list: Employees, added: z.number(), dismissed: z.number() }),
})

export const applyEmployeeRoles = endpoint({
  method: 'PUT',
  path: '/portals/:portalId/employees/roles',
  summary:
    'Applies staged roles, all or none. `from` is what they were staged on: `changed_meanwhile` when somebody was faster. Without a role an employee has no access',
  may: 'people.manage',
  input: z.object({
    portalId: PortalId,
    changes: Changes.check(z.minLength(1)),
  }),
  returns: z.object({ list: Employees, requeued: z.number() }),
})

export const stageEmployeeRoles = endpoint({
  method: 'PUT',
  path: '/portals/:portalId/employees/staged',
  summary: 'Keeps what the caller has chosen and not applied, in the place of what was kept before; nothing of it counts yet',
  may: 'people.manage',
  input: z.object({ portalId: PortalId, changes: Changes }),
  returns: z.object({ kept: z.number() }),
})
