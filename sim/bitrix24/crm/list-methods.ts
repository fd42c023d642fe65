/** What the CRM is made of: funnels, stages, sources, smart processes; and who has a phone. reference/bitrix24.md §7.2, §7.3. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import { phpMap } from '../../lib/php.ts'
import type { CrmStatus } from '../model.ts'
import { upper } from '../rest/params.ts'
import { pageOf } from '../rest/page.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { findByPhone } from './items.ts'

const scope = 'crm'

export const crmListMethods: Methods = {
  'crm.category.list': {
    scope,
    run: ({ portal, params }) =>
      pageOf(
        portal.categories.all().filter(({ entityTypeId }) => entityTypeId === numberOf(params.entityTypeId)),
        0,
        (items) => ({
          categories: items.map((one) => ({ ...one, isDefault: one.isDefault ? 'Y' : 'N', originatorId: '', originId: '' })),
        }),
      ),
  },
  'crm.status.list': { scope, run: statuses },
  'crm.status.add': { scope, admin: true, run: addStatus },
  'crm.settings.mode.get': { scope, run: ({ portal }) => portal.settings().crmMode },
  'crm.type.list': {
    scope,
    run: () =>
      pageOf(
        [{ id: 7, title: 'Postventa', code: '', entityTypeId: 177, isCategoriesEnabled: 'N', isStagesEnabled: 'Y' }],
        0,
        (types) => ({ types }),
      ),
  },
  'crm.duplicate.findbycomm': { scope, run: findByComm },
}

function shape({ id, entityId, statusId, name, sort, semantics, color, system }: CrmStatus): object {
  const EXTRA = { SEMANTICS: semantics === 'S' ? 'success' : semantics === 'F' ? 'failure' : 'process', COLOR: color }
  return {
    ...{ ID: String(id), ENTITY_ID: entityId, STATUS_ID: statusId, NAME: name, NAME_INIT: '', SORT: String(sort) },
    ...{ SYSTEM: system ? 'Y' : 'N', CATEGORY_ID: null, COLOR: color, SEMANTICS: semantics, EXTRA },
  }
}

function statuses({ portal, params }: Call): unknown {
  const fields = upper(params)
  const filter = upper(fieldsOf(fields.FILTER))
  const found = portal.statuses
    .all()
    .filter(
      (one) =>
        (textOf(filter.ENTITY_ID) === undefined || one.entityId === filter.ENTITY_ID) &&
        (textOf(filter.STATUS_ID) === undefined || one.statusId === filter.STATUS_ID),
    )
  return pageOf(found, numberOf(fields.START) ?? 0, (items) => items.map(shape))
}

function addStatus({ portal, params }: Call): number {
  const fields = upper(fieldsOf(upper(params).FIELDS))
  const entityId = textOf(fields.ENTITY_ID)
  const statusId = textOf(fields.STATUS_ID)
  if (entityId === undefined || statusId === undefined) throw new RestError(400, '', 'Required fields ENTITY_ID and STATUS_ID')
  if (portal.statuses.all().some((one) => one.entityId === entityId && one.statusId === statusId))
    throw new RestError(400, '', `CRM status with STATUS_ID "${statusId}" already exists`)
  const id = portal.nextId('status', 101)
  const about = { name: textOf(fields.NAME) ?? statusId, sort: numberOf(fields.SORT) ?? 500, semantics: null, color: '' }
  portal.statuses.put({ id, entityId, statusId, system: false, ...about })
  return id
}

/** `[]` when nobody has it. Errors are sentences and no codes. */
function findByComm({ portal, params }: Call): unknown {
  const type = textOf(params.type)?.toUpperCase()
  const values = listOf(params.values).map(String)
  if (type !== 'PHONE' && type !== 'EMAIL') throw new RestError(400, '', 'Communication type is not defined')
  if (values.length === 0) throw new RestError(400, '', 'Communication values is not defined')
  const only = (['LEAD', 'CONTACT', 'COMPANY'] as const).find((one) => one === textOf(params.entity_type)?.toUpperCase())
  return phpMap({ ...findByPhone(portal, values.slice(0, 20), type, only) })
}
