/** Installations of ours in Bitrix24, as the people of a company see them. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant, PortalAppId, PortalId } from './ids.ts'

export const PORTAL_STATES = [
  'active',
  'needs_reconnect',
  'payment_required',
  'disconnected',
  'overloaded',
  'deleted',
  'uninstalled',
] as const
export type PortalState = (typeof PORTAL_STATES)[number]

export const Portal = z.object({
  id: PortalId,
  domain: z.string(),
  state: z.enum(PORTAL_STATES),
  /** Bitrix24's own code: why it is not active. */
  problem: z.nullable(z.string()),
  problemAt: z.nullable(Instant),
  /** A local application of that portal, not the marketplace's. */
  isLocal: z.boolean(),
  /** Whose rights we have there. */
  connectedAs: z.nullable(z.string()),
  installedAt: Instant,
  /** The last thing that the portal told us, in Bitrix24's name for it. */
  lastEvent: z.nullable(z.string()),
  lastEventAt: z.nullable(Instant),
  uninstalledAt: z.nullable(Instant),
  /** What waits for longer wakes the administrators. */
  alarmMinutes: z.number(),
})
export type Portal = z.infer<typeof Portal>

const PortalApp = z.object({ id: PortalAppId, clientId: z.string(), createdAt: Instant })

const Portals = z.object({
  items: z.array(Portal),
  apps: z.array(PortalApp),
  /** The start of every address that is pasted in Bitrix24. */
  address: z.string(),
})

export const listPortals = endpoint({
  method: 'GET',
  path: '/portals',
  summary: 'The Bitrix24 portals of the company, and its local applications',
  may: 'account.manage',
  input: z.object({}),
  returns: Portals,
})

export const checkPortal = endpoint({
  method: 'POST',
  path: '/portals/:portalId/check',
  summary: 'Asks Bitrix24 now how we stand there, and registers again what is missing',
  may: 'account.manage',
  input: z.object({ portalId: PortalId }),
  returns: Portal,
})

/** Of the alarm about what waits: least and most minutes. */
export const ALARM_MINUTES = { min: 5, max: 240 } as const

export const changePortal = endpoint({
  method: 'PATCH',
  path: '/portals/:portalId',
  summary: 'Sets after how many minutes what waits between a portal and WhatsApp wakes the administrators',
  may: 'account.manage',
  input: z.object({
    portalId: PortalId,
    alarmMinutes: z.int().check(z.minimum(ALARM_MINUTES.min), z.maximum(ALARM_MINUTES.max)),
  }),
  returns: Portal,
})

export const makePortalCode = endpoint({
  method: 'POST',
  path: '/portal-code',
  summary: 'Makes a code with which a portal joins this company: good once, for an hour. Shown once',
  may: 'account.manage',
  input: z.object({}),
  returns: z.object({ linkCode: z.string(), until: Instant }),
})

export const addPortalApp = endpoint({
  method: 'POST',
  path: '/portal-apps',
  summary:
    'Keeps the id and secret of a local application. `id` is in the addresses that were pasted in Bitrix24. Refuses portal_app_taken',
  may: 'account.manage',
  input: z.object({
    id: PortalAppId,
    clientId: z.string().check(z.trim(), z.regex(/^[\w.-]{5,100}$/)),
    secret: z.string().check(z.trim(), z.minLength(8), z.maxLength(200)),
  }),
  returns: Portals,
})
