/** Who works in the portal: user.*, department.get, profile. reference/bitrix24.md §7.6. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { User } from '../model.ts'
import type { Portal } from '../portal.ts'
import { isYes, upper } from '../rest/params.ts'
import { isoOf } from '../service.ts'
import { pageOf } from '../rest/page.ts'
import type { Call, Methods } from '../service.ts'
import type { Page } from '../rest/page.ts'

const SCOPES = ['user', 'user_basic', 'user_brief'] as const

export const peopleMethods: Methods = {
  profile: { scope: null, run: ({ portal, user }) => profileOf(portal, user) },
  'user.admin': { scope: null, run: ({ user }) => user.admin },
  'user.access': { scope: null, run: ({ user, params }) => listOf(upper(params).ACCESS).includes(`U${user.id}`) },
  'user.current': { scope: SCOPES, run: (call) => userShape(call, call.user) },
  'user.get': { scope: SCOPES, run: (call) => users(call, upper(fieldsOf(upper(call.params).FILTER))) },
  'user.search': { scope: SCOPES, run: (call) => users(call, upper(fieldsOf(upper(call.params).FILTER))) },
  'user.fields': { scope: SCOPES, run: () => ({ ID: 'ID', ACTIVE: 'Active', NAME: 'Name', LAST_NAME: 'Last name' }) },
  'department.get': { scope: 'department', run: departments },
  'server.time': { scope: null, run: ({ b24 }) => isoOf(b24.now()) },
  'feature.get': { scope: null, run: feature },
}

function profileOf(portal: Portal, user: User): object {
  if (!user.active) return []
  return {
    ...{ ID: String(user.id), ADMIN: user.admin, NAME: user.name, LAST_NAME: user.lastName, PERSONAL_GENDER: user.gender },
    ...{ TIME_ZONE: 'America/Guayaquil', ...(user.photo && { PERSONAL_PHOTO: photoOf(portal, user) }) },
  }
}

const photoOf = (portal: Portal, user: User): string => (user.photo ? `http://${portal.row().domain}${user.photo}` : '')

/** Names for everybody; a work phone and address from `user_basic` on; everything with `user`. */
function userShape({ portal, token }: Call, user: User): object {
  const hasBasic = token.scope.includes('user_basic') || token.scope.includes('user')
  const personal = token.scope.includes('user') ? { PERSONAL_MOBILE: user.mobile, PERSONAL_BIRTHDAY: '' } : {}
  return {
    ...{ ID: String(user.id), ACTIVE: user.active, NAME: user.name, LAST_NAME: user.lastName, SECOND_NAME: '' },
    ...(hasBasic && { EMAIL: user.email, WORK_PHONE: user.phone, DATE_REGISTER: '2024-07-15T00:00:00+00:00' }),
    ...{ IS_ONLINE: user.active ? 'Y' : 'N', LAST_LOGIN: '', TIMESTAMP_X: {}, LAST_ACTIVITY_DATE: {}, TIME_ZONE: '' },
    ...{ PERSONAL_GENDER: user.gender, PERSONAL_PHOTO: photoOf(portal, user), WORK_POSITION: user.position, ...personal },
    ...{ UF_DEPARTMENT: user.departments, UF_EMPLOYMENT_DATE: '', USER_TYPE: 'employee' },
  }
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

function users(call: Call, filter: Fields): Page {
  const fields = upper(call.params)
  const words = [filter.FIND, filter.NAME_SEARCH]
    .map(textOf)
    .flatMap((text) => (text === undefined ? [] : plain(text).split(/\s+/)))
  const ids = filter.ID === undefined ? null : (Array.isArray(filter.ID) ? filter.ID : [filter.ID]).map(String)
  const within = filter.UF_DEPARTMENT === undefined ? null : [filter.UF_DEPARTMENT].flat().map(Number)
  const sort = (textOf(fields.SORT) ?? 'ID').toUpperCase()
  const fits = (user: User): boolean =>
    (filter.ACTIVE === undefined || user.active === isYes(filter.ACTIVE)) &&
    (filter.USER_TYPE === undefined || filter.USER_TYPE === 'employee') &&
    (ids === null || ids.includes(String(user.id))) &&
    (within === null || user.departments.some((id) => within.includes(id))) &&
    (textOf(filter['>ID']) === undefined || user.id > Number(filter['>ID'])) &&
    words.every((word) =>
      plain(`${user.name} ${user.lastName} ${user.position}`)
        .split(' ')
        .some((part) => part.startsWith(word)),
    )
  const found = call.portal.users
    .all()
    .filter(fits)
    .toSorted((one, other) => orderOf(one, other, sort))
  const isDown = (textOf(fields.ORDER) ?? 'ASC').toUpperCase() === 'DESC'
  const shapes = (items: User[]) => items.map((user) => userShape(call, user))
  return pageOf(isDown ? found.toReversed() : found, numberOf(fields.START) ?? 0, shapes)
}

function orderOf(one: User, other: User, sort: string): number {
  if (sort === 'NAME') return one.name.localeCompare(other.name)
  return sort === 'LAST_NAME' ? one.lastName.localeCompare(other.lastName) : one.id - other.id
}

function departments({ portal, params }: Call): Page {
  const fields = upper(params)
  const ids = fields.ID === undefined ? null : [fields.ID].flat().map(String)
  const found = portal.departments
    .all()
    .filter(
      ({ id, name, parent }) =>
        (ids === null || ids.includes(String(id))) &&
        (textOf(fields.PARENT) === undefined || String(parent) === textOf(fields.PARENT)) &&
        (textOf(fields.NAME) === undefined || name === fields.NAME),
    )
  return pageOf(found, numberOf(fields.START) ?? 0, (items) =>
    items.map(({ id, name, sort, parent, head }) => ({
      ...{ ID: String(id), NAME: name, SORT: sort },
      ...(parent !== null && { PARENT: String(parent) }),
      ...(head !== null && { UF_HEAD: String(head) }),
    })),
  )
}

function feature({ portal, params }: Call): object {
  const code = textOf(upper(params).CODE) ?? ''
  const isOn = ['rest_offline_extended', 'rest_auth_connector'].includes(code) && portal.settings().offlineExtended
  return { value: isOn ? 'Y' : 'N' }
}
