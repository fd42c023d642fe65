/**
 * Who hears which live event. The same decision as row security's in db/functions/017_sight.sql, for what goes out by
 * socket; sight.db.test.ts holds the two together.
 */

/** What somebody may do and see, as db/functions/021_caller.sql works it out. */
export type Sight = {
  /** The role; none for a machine's key. */
  role?: string | undefined
  grants: Record<string, string>
  reach: string
  departments?: string[] | undefined
  channels?: string[] | undefined
  openChannels?: string[] | undefined
}

/** Where a chat stands. */
export type Place = { channelId: string; assigneeId: string | null; departmentId: string | null }
/** What an event is about: a chat (and where it stood before it was moved), a number, or nothing that is anybody's. */
export type About = { chatId: string; now: Place; was: (Place & { until: string }) | null } | { channelId: string }

/** May this person see a chat that stands here? */
export function seesChat(sight: Sight, personId: string, { channelId, assigneeId, departmentId }: Place): boolean {
  if (sight.reach === 'all') return true
  if (sight.reach === '') return false
  if (assigneeId === personId) return true
  if (!sight.openChannels?.includes(channelId)) return false
  const isMyDepartment = departmentId !== null && sight.departments?.includes(departmentId) === true
  if (sight.reach === 'departments' && isMyDepartment) return true
  if (sight.reach === 'channels' && sight.channels?.includes(channelId) === true) return true
  return 'chats.queue' in sight.grants && assigneeId === null && (departmentId === null || isMyDepartment)
}

export type Told = { type: string; json: string; about: About | null }

/** The event as this person may hear it: as it is, with the number hidden, as a `forget`, or not at all (null). */
export function heardBy(sight: Sight, personId: string, { type, json, about }: Told): string | null {
  // It names nothing.
  if (type === 'labels') return json
  // How far somebody has read is their own business.
  if (type === 'read') return readBy(json) === personId ? json : null
  // Nobody knows whose it is: only who sees everything hears of it.
  if (about === null) return sight.reach === 'all' ? asSeen(sight, json) : null
  if (!('now' in about)) {
    return sight.reach === 'all' || sight.openChannels?.includes(about.channelId) === true ? json : null
  }
  const sees = (place: Place | null) => place !== null && seesChat(sight, personId, place)
  if (type === 'transfer')
    return askedBy(json) === personId || (sees(about.now) && 'transfers.decide' in sight.grants) ? json : null
  if (type === 'mention') return namedIn(json) === personId && sees(about.now) ? asSeen(sight, json) : null
  // Words that nobody has said yet: for whoever typed them.
  if (type === 'draft') return typedBy(json) === personId && sees(about.now) ? json : null
  if (type === 'forget') return sees(about.now) || sees(about.was) ? json : null
  if (sees(about.now)) return asSeen(sight, json)
  return type === 'chat' && sees(about.was) ? JSON.stringify({ type: 'forget', chatId: about.chatId, into: null }) : null
}

/** Who is named, in a `mention`. */
function namedIn(json: string): unknown {
  const { mention }: { mention?: { personId?: unknown } } = JSON.parse(json)
  return mention?.personId
}

/** Whose it is, in a `draft`. */
function typedBy(json: string): unknown {
  const { draft }: { draft?: { personId?: unknown } } = JSON.parse(json)
  return draft?.personId
}

/** Rows that are told carry the roles that see each label, which nobody hears. A text's quotes are escaped: it never matches. */
const WITH_LABELS = /"labels"\s*:\s*\[\s*\{/

/** A row or an event as this role may see it: without the customer's number, without other roles' labels. Most pass as they are. */
export function asSeen(sight: Sight, json: string): string {
  const isPhoneHidden = !('contacts.phone' in sight.grants)
  if (!isPhoneHidden && !WITH_LABELS.test(json)) return json
  return JSON.stringify(JSON.parse(json), (key: string, value: unknown) => {
    // The last digits only, as `phone_shown` writes them.
    if (isPhoneHidden && key === 'phone' && typeof value === 'string') return `•••${value.slice(-3)}`
    return key === 'labels' && Array.isArray(value) ? value.flatMap((label: unknown) => labelSeen(sight, label)) : value
  })
}

/** This label without its roles, or nothing where it is not for this role, or nobody has said for whom it is. */
function labelSeen(sight: Sight, label: unknown): unknown[] {
  if (typeof label !== 'object' || label === null || !('roles' in label)) return []
  const { roles, ...shown } = label
  if (!Array.isArray(roles)) return []
  return roles.length === 0 || (sight.role !== undefined && roles.includes(sight.role)) ? [shown] : []
}

function readBy(json: string): unknown {
  const { personId }: { personId?: unknown } = JSON.parse(json)
  return personId
}

function askedBy(json: string): string {
  const { transfer }: { transfer: { askedBy: { id: string } } } = JSON.parse(json)
  return transfer.askedBy.id
}
