/** People, roles, departments and who works which number. Every verb is one SQL function; what changed is told at once. */
import type { Endpoint } from '#contract/endpoint.ts'
import * as people from '#contract/people.ts'
import { BASES, isScoped, lockOf, PERMISSIONS, type Grants, type Permission } from '#contract/permissions.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { toHex, sha256, toBase64Url } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { callFor, rawFor } from './caller.ts'

/** What others must hear of a change of people. Passed in by app.ts: the Desk stands further on. */
export type Told = {
  /** These sessions, or all of this person, are over. */
  ended(c: Request, accountId: string, sessionOrPersonId: string): Promise<void>
  /** What people of this account may do or see has changed. */
  rights(c: Request, accountId: string): Promise<void>
  /** Chats were given to somebody else: rows and facts as `changeEvents` takes them. */
  moved(c: Request, accountId: string, changes: { chats: Shaped[]; facts: unknown }): Promise<void>
}
const Shaped = z.looseObject({ id: z.string() })
type Shaped = z.infer<typeof Shaped>

const Linked = z.object({ person: people.Person, until: z.string() })

/** A link for a person: its token leaves in this answer and is stored nowhere. */
async function withLink(c: Request, row: Endpoint, fn: string, args: object): Promise<z.infer<typeof Linked> & { link: string }> {
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const { result } = await callFor(c, row, fn, { ...args, hash: toHex(await sha256(token)) })
  return { ...Linked.parse(JSON.parse(result)), link: `${settingsOf(c.env).appUrl}/enlace/${token}` }
}

const Deactivated = z.object({
  person: people.Person,
  requeued: z.number(),
  chats: z.array(Shaped),
  facts: z.unknown(),
})

function peopleRoutes(app: App, told: Told): void {
  serve(app, people.listPeople, (c) => rawFor(c, people.listPeople, 'api_people', {}))
  serve(app, people.invitePerson, (c, input) => withLink(c, people.invitePerson, 'api_person_invite', input))
  serve(app, people.makeLink, (c, input) => withLink(c, people.makeLink, 'api_person_link', input))
  serve(app, people.changePerson, async (c, input) => {
    const { caller, result } = await callFor(c, people.changePerson, 'api_person_change', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
  serve(app, people.deactivatePerson, async (c, input) => {
    const { caller, result } = await callFor(c, people.deactivatePerson, 'api_person_deactivate', input)
    const { person, requeued, chats, facts } = Deactivated.parse(JSON.parse(result))
    await told.ended(c, caller.account.id, input.personId)
    await told.moved(c, caller.account.id, { chats, facts })
    return { person, requeued }
  })
  serve(app, people.reactivatePerson, (c, input) => rawFor(c, people.reactivatePerson, 'api_person_reactivate', input))
  serve(app, people.listDevicesOf, (c, input) => rawFor(c, people.listDevicesOf, 'api_person_devices', input))
  serve(app, people.endDeviceOf, async (c, input) => {
    const { caller, result } = await callFor(c, people.endDeviceOf, 'api_person_device_end', input)
    await told.ended(c, caller.account.id, input.sessionId)
    return new RawJson(result)
  })
}

const RoleRow = z.object({
  id: z.string(),
  base: z.enum(BASES),
  isOwn: z.boolean(),
  grants: z.partialRecord(z.string(), z.string()),
})

/** What can never be given, or never taken away, whoever asks: the same rule that greys the cell out in the app. */
async function refuseLocked(c: Request, changes: readonly { roleId: string; grants?: Grants | undefined }[]): Promise<void> {
  const { result } = await callFor(c, people.applyRoles, 'api_roles', {})
  const roles = new Map(
    z
      .object({ items: z.array(RoleRow) })
      .parse(JSON.parse(result))
      .items.map((role) => [role.id, role]),
  )
  for (const { roleId, grants } of changes) {
    const role = roles.get(roleId)
    if (!role || !grants) continue
    for (const permission of PERMISSIONS) refuseCell(role, permission, grants)
  }
}

function refuseCell(role: z.infer<typeof RoleRow>, permission: Permission, grants: Grants): void {
  const reach = grants[permission]
  const lock = lockOf(role.base, role.isOwn, permission)
  if ((lock === 'never' && reach !== undefined) || (lock === 'always' && reach !== 'all')) {
    throw new Refusal('permission_locked', { permission })
  }
  if (reach !== undefined && reach !== 'all' && !isScoped(permission)) throw new Refusal('bad_request', { where: permission })
}

function roleRoutes(app: App, told: Told): void {
  serve(app, people.listRoles, (c) => rawFor(c, people.listRoles, 'api_roles', {}))
  serve(app, people.addRole, (c, input) => rawFor(c, people.addRole, 'api_role_add', input))
  serve(app, people.applyRoles, async (c, input) => {
    await refuseLocked(c, input.changes)
    const { caller, result } = await callFor(c, people.applyRoles, 'api_roles_apply', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
  serve(app, people.archiveRole, (c, input) => rawFor(c, people.archiveRole, 'api_role_archive', input))
}

function departmentRoutes(app: App, told: Told): void {
  serve(app, people.listDepartments, (c) => rawFor(c, people.listDepartments, 'api_departments', {}))
  serve(app, people.addDepartment, async (c, input) => {
    const { caller, result } = await callFor(c, people.addDepartment, 'api_department_add', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
  serve(app, people.changeDepartment, async (c, input) => {
    const { caller, result } = await callFor(c, people.changeDepartment, 'api_department_change', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
  serve(app, people.listChannelPeople, (c) => rawFor(c, people.listChannelPeople, 'api_channel_people', {}))
  serve(app, people.changeChannelPeople, async (c, input) => {
    const { caller, result } = await callFor(c, people.changeChannelPeople, 'api_channel_people_set', input)
    await told.rights(c, caller.account.id)
    return new RawJson(result)
  })
}

/** Everything of contract/people.ts. */
export function teamRoutes(app: App, told: Told): void {
  peopleRoutes(app, told)
  roleRoutes(app, told)
  departmentRoutes(app, told)
}
