/** Who works in the company, what their roles give, and the departments they stand in. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, DepartmentId, Instant, Language, PersonId, RoleId, SessionId } from './ids.ts'
import { BASES, PERMISSIONS, REACHES } from './permissions.ts'
import { Device, Email } from './session.ts'

const Name = z.string().check(z.trim(), z.minLength(2), z.maxLength(80))

export const Person = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  language: Language,
  role: z.object({ id: RoleId, name: z.nullable(z.string()), base: z.enum(BASES) }),
  /** `invited`: has not set a password yet. */
  state: z.enum(['invited', 'active', 'deactivated']),
  departments: z.array(DepartmentId),
  /** Numbers that this person is assigned to. */
  channels: z.array(ChannelId),
  hasSecondFactor: z.boolean(),
  /** Devices signed in now. */
  devices: z.number(),
  lastSeenAt: z.nullable(Instant),
  /** Open chats that are theirs. */
  openChats: z.number(),
  createdAt: Instant,
})
export type Person = z.infer<typeof Person>

/** A link to hand to the person: shown to whoever made it, once. */
const WithLink = z.object({ person: Person, link: z.string(), until: Instant })

export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  summary: 'Everybody of the company, the deactivated last',
  may: 'people.read',
  input: z.object({}),
  returns: z.object({ items: z.array(Person) }),
})

export const invitePerson = endpoint({
  method: 'POST',
  path: '/people',
  summary: 'Invites somebody: the answer holds the link to hand to them, good for 72 hours and one use',
  may: 'people.manage',
  input: z.object({
    name: Name,
    email: Email,
    roleId: RoleId,
    language: z.optional(Language),
    departments: z.optional(z.array(DepartmentId).check(z.maxLength(50))),
    channels: z.optional(z.array(ChannelId).check(z.maxLength(200))),
  }),
  returns: WithLink,
})

export const changePerson = endpoint({
  method: 'PATCH',
  path: '/people/:personId',
  summary: 'Changes name, e-mail, role, departments or numbers of a person. It counts at once, also for who is online',
  may: 'people.manage',
  input: z.object({
    personId: PersonId,
    name: z.optional(Name),
    email: z.optional(Email),
    roleId: z.optional(RoleId),
    departments: z.optional(z.array(DepartmentId).check(z.maxLength(50))),
    channels: z.optional(z.array(ChannelId).check(z.maxLength(200))),
  }),
  returns: Person,
})

export const deactivatePerson = endpoint({
  method: 'PUT',
  path: '/people/:personId/deactivation',
  summary: 'Signs a person out everywhere and gives their open chats back to the queue. Nothing of theirs is deleted',
  may: 'people.manage',
  input: z.object({ personId: PersonId }),
  returns: z.object({ person: Person, requeued: z.number() }),
})

export const reactivatePerson = endpoint({
  method: 'DELETE',
  path: '/people/:personId/deactivation',
  summary: 'Lets a person sign in again, with the password they had',
  may: 'people.manage',
  input: z.object({ personId: PersonId }),
  returns: Person,
})

export const makeLink = endpoint({
  method: 'POST',
  path: '/people/:personId/link',
  summary: 'A new invitation (72 h), or for who has a password already a link for a new one (60 min). Older links end',
  may: 'people.manage',
  input: z.object({ personId: PersonId }),
  returns: WithLink,
})

export const listDevicesOf = endpoint({
  method: 'GET',
  path: '/people/:personId/devices',
  summary: 'Where a person is signed in',
  may: 'people.manage',
  input: z.object({ personId: PersonId }),
  returns: z.object({ items: z.array(Device) }),
})

export const endDeviceOf = endpoint({
  method: 'DELETE',
  path: '/people/:personId/devices/:sessionId',
  summary: 'Signs one device of a person out',
  may: 'people.manage',
  input: z.object({ personId: PersonId, sessionId: SessionId }),
  returns: z.object({ done: z.boolean() }),
})

/** A permission that is absent is not given. Switches reach `all`. */
export const GrantsShape = z.partialRecord(z.enum(PERMISSIONS), z.enum(REACHES))

export const Role = z.object({
  id: RoleId,
  /** null for the standard roles: the app names them in the reader's language. */
  name: z.nullable(z.string()),
  base: z.enum(BASES),
  isOwn: z.boolean(),
  grants: GrantsShape,
  /** What the standard role gives when nobody has changed it. */
  defaults: GrantsShape,
  /** Active people who have it. */
  people: z.number(),
  archived: z.boolean(),
  rev: z.number(),
})
export type Role = z.infer<typeof Role>

export const listRoles = endpoint({
  method: 'GET',
  path: '/roles',
  summary: 'The roles of the company with what each gives',
  may: 'people.read',
  input: z.object({}),
  returns: z.object({ items: z.array(Role) }),
})

export const addRole = endpoint({
  method: 'POST',
  path: '/roles',
  summary: 'Adds a role of the company: a copy of another one, to be changed',
  may: 'roles.manage',
  input: z.object({ name: Name, copyOf: RoleId }),
  returns: Role,
})

export const applyRoles = endpoint({
  method: 'PUT',
  path: '/roles',
  summary:
    'Applies staged changes of one or more roles, all or none. `rev` is the one they were staged on: `changed_meanwhile` when somebody was faster',
  may: 'roles.manage',
  input: z.object({
    changes: z
      .array(z.object({ roleId: RoleId, rev: z.number(), name: z.optional(Name), grants: z.optional(GrantsShape) }))
      .check(z.minLength(1), z.maxLength(50)),
  }),
  returns: z.object({ items: z.array(Role) }),
})

export const archiveRole = endpoint({
  method: 'PUT',
  path: '/roles/:roleId/archive',
  summary: 'Puts an own role away, or takes it back. `role_in_use` while somebody has it',
  may: 'roles.manage',
  input: z.object({ roleId: RoleId, archived: z.boolean() }),
  returns: Role,
})

export const Department = z.object({
  id: DepartmentId,
  name: z.string(),
  people: z.array(PersonId),
  /** Numbers whose new chats come to this department. */
  channels: z.array(ChannelId),
  openChats: z.number(),
  archived: z.boolean(),
})
export type Department = z.infer<typeof Department>

export const listDepartments = endpoint({
  method: 'GET',
  path: '/departments',
  summary: 'The departments of the company, archived ones last',
  may: 'people.read',
  input: z.object({}),
  returns: z.object({ items: z.array(Department) }),
})

export const addDepartment = endpoint({
  method: 'POST',
  path: '/departments',
  summary: 'Adds a department',
  may: 'departments.manage',
  input: z.object({ name: Name, people: z.optional(z.array(PersonId).check(z.maxLength(500))) }),
  returns: Department,
})

export const changeDepartment = endpoint({
  method: 'PATCH',
  path: '/departments/:departmentId',
  summary: 'Renames a department, changes its people, puts it away or takes it back',
  may: 'departments.manage',
  input: z.object({
    departmentId: DepartmentId,
    name: z.optional(Name),
    people: z.optional(z.array(PersonId).check(z.maxLength(500))),
    archived: z.optional(z.boolean()),
  }),
  returns: Department,
})

export const ChannelPeople = z.object({
  channelId: ChannelId,
  /** `shared`: a pool for everybody who may see the queue. `exclusive`: only the people named here. */
  access: z.enum(['shared', 'exclusive']),
  departmentId: z.nullable(DepartmentId),
  people: z.array(PersonId),
})
export type ChannelPeople = z.infer<typeof ChannelPeople>

export const listChannelPeople = endpoint({
  method: 'GET',
  path: '/channel-people',
  summary: 'Who is assigned to which number',
  may: 'people.read',
  input: z.object({}),
  returns: z.object({ items: z.array(ChannelPeople) }),
})

export const changeChannelPeople = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/people',
  summary: 'Assigns people and a department to a number. Chats that have no department yet come along',
  may: 'people.manage',
  input: z.object({
    channelId: ChannelId,
    access: z.enum(['shared', 'exclusive']),
    departmentId: z.nullable(DepartmentId),
    people: z.array(PersonId).check(z.maxLength(500)),
  }),
  returns: ChannelPeople,
})
