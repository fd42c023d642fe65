/** All methods there are, by their names in small letters. */
import { connectorMethods } from '../connector/register.ts'
import { messageMethods } from '../connector/messages.ts'
import { itemMethods } from '../crm/item-methods.ts'
import { crmListMethods } from '../crm/list-methods.ts'
import { timelineMethods } from '../crm/timeline-methods.ts'
import { eventMethods } from '../events/methods.ts'
import { appMethods } from '../install/app-info.ts'
import { placementMethods } from '../install/placement-methods.ts'
import { lineCrmMethods } from '../openlines/crm-methods.ts'
import { dialogMethods } from '../openlines/dialog-methods.ts'
import { lineMethods } from '../openlines/methods.ts'
import { peopleMethods } from '../people/methods.ts'
import { moreMethods } from '../people/more-methods.ts'
import { robotMethods } from '../robots/methods.ts'
import type { Methods } from '../service.ts'

const ROOMS: readonly Methods[] = [
  ...[appMethods, peopleMethods, eventMethods, connectorMethods, messageMethods, lineMethods, dialogMethods],
  ...[lineCrmMethods, itemMethods, crmListMethods, timelineMethods, placementMethods, robotMethods, moreMethods],
]

export const METHODS: Methods = {
  ...Object.fromEntries(ROOMS.flatMap((room) => Object.entries(room)).map(([name, method]) => [name.toLowerCase(), method])),
  methods: { scope: null, run: () => Object.keys(METHODS) },
  scope: { scope: null, run: ({ token }) => token.scope },
}
