/**
 * What a person may be allowed to do, and how far. Roles are sets of grants; identity decides, nobody else.
 * `scoped` permissions reach a part of the company's chats; the others are on or off.
 */
export const PERMISSION_GROUPS = {
  chats: {
    'chats.read': 'scoped',
    'chats.queue': 'switch',
    'chats.open': 'switch',
    'messages.send': 'scoped',
    'messages.resend': 'scoped',
    'notes.write': 'scoped',
    'media.upload': 'switch',
    'trace.read': 'scoped',
  },
  desk: {
    'chats.assign': 'scoped',
    'chats.close': 'scoped',
    'transfers.request': 'scoped',
    'transfers.decide': 'scoped',
    'labels.use': 'scoped',
    'labels.manage': 'switch',
    'views.share': 'switch',
    'quick_replies.manage': 'switch',
    'templates.send': 'switch',
    'templates.manage': 'switch',
    'dashboard.read': 'switch',
    'rules.manage': 'switch',
  },
  contacts: {
    'contacts.read': 'switch',
    'contacts.phone': 'switch',
    'contacts.write': 'switch',
    'contacts.manage': 'switch',
    'contacts.all': 'switch',
    'consents.manage': 'switch',
    'privacy.manage': 'switch',
    'clients.read': 'switch',
    'clients.sensitive': 'switch',
    'clients.write': 'switch',
    'clients.manage': 'switch',
  },
  channels: {
    'channels.read': 'switch',
    'channels.pause': 'switch',
    'channels.manage': 'switch',
    'channels.keys': 'switch',
  },
  incidents: { 'logs.read': 'switch', 'dead_letters.manage': 'switch' },
  people: {
    'people.read': 'switch',
    'people.manage': 'switch',
    'roles.manage': 'switch',
    'departments.manage': 'switch',
  },
  billing: { 'billing.read': 'switch', 'billing.manage': 'switch' },
  account: { 'account.manage': 'switch', 'audit.read': 'switch', 'api_keys.manage': 'switch' },
} as const

export type PermissionGroup = keyof typeof PERMISSION_GROUPS
type NamesOf<G> = G extends Record<infer Name, string> ? Name : never
export type Permission = { [G in PermissionGroup]: NamesOf<(typeof PERMISSION_GROUPS)[G]> }[PermissionGroup]

/** Narrowest first. `own`: chats given to me, and the queue where I may see it; each further one includes `own`. */
export const REACHES = ['own', 'departments', 'channels', 'all'] as const
export type Reach = (typeof REACHES)[number]

const KINDS: Record<Permission, 'scoped' | 'switch'> = Object.assign({}, ...Object.values(PERMISSION_GROUPS))

/** Every permission, in the order in which the matrix shows them. */
export const PERMISSIONS = Object.keys(KINDS).filter((name): name is Permission => name in KINDS)

export function isScoped(permission: Permission): boolean {
  return KINDS[permission] === 'scoped'
}

/** What a role gives: a permission that is absent is not given. A switch that is on reaches `all`. */
export type Grants = Partial<Record<Permission, Reach>>

/** The three roles that every company has; own roles begin as a copy of one. */
export const BASES = ['administrator', 'supervisor', 'agent'] as const
export type Base = (typeof BASES)[number]

const NEVER_AGENT: ReadonlySet<Permission> = new Set([
  'transfers.decide',
  'people.manage',
  'roles.manage',
  'departments.manage',
  'rules.manage',
  'channels.manage',
  'channels.keys',
  'account.manage',
  'audit.read',
  'api_keys.manage',
  'billing.read',
  'billing.manage',
  'clients.manage',
])
/** Never for a supervisor: CRM-39. */
const NEVER_SUPERVISOR: ReadonlySet<Permission> = new Set([
  'account.manage',
  'roles.manage',
  'rules.manage',
  'api_keys.manage',
  'channels.keys',
])

/** Why a cell of the matrix cannot be switched: null when it can. */
export function lockOf(base: Base, isOwn: boolean, permission: Permission): 'never' | 'always' | null {
  if (base === 'agent' && NEVER_AGENT.has(permission)) return 'never'
  if (base === 'supervisor' && NEVER_SUPERVISOR.has(permission)) return 'never'
  // Nobody can lock the last door behind himself.
  const isKey = permission === 'people.manage' || permission === 'roles.manage' || permission === 'people.read'
  return base === 'administrator' && !isOwn && isKey ? 'always' : null
}
