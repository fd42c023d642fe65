/** All methods there are, by their names in small letters. */
import { connectorMethods } from '../connector/register.ts'
import { messageMethods } from '../connector/messages.ts'
import { eventMethods } from '../events/methods.ts'
import { appMethods } from '../install/app-info.ts'
import { dialogMethods } from '../openlines/dialog-methods.ts'
import { lineMethods } from '../openlines/methods.ts'
import { peopleMethods } from '../people/methods.ts'
import type { Methods } from '../service.ts'

const ROOMS: readonly Methods[] = [
  ...[appMethods, peopleMethods, eventMethods, connectorMethods, messageMethods, lineMethods, dialogMethods],
]

export const METHODS: Methods = {
  ...Object.fromEntries(ROOMS.flatMap((room) => Object.entries(room)).map(([name, method]) => [name.toLowerCase(), method])),
  methods: { scope: null, run: () => Object.keys(METHODS) },
  scope: { scope: null, run: ({ token }) => token.scope },
}
