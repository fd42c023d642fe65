/**
 * What we ask of a portal to be part of it: which events it tells us, and where it shows us. Done again after every installation
 * and update, since both take it away; done twice it changes nothing (reference/bitrix24.md §0.3, §0.4).
 */
import { robotChanges, senderChanges, type Choices } from './deeds/registration.ts'
import { placementChanges } from './card/registration.ts'
import { asList, asMap, type Problem } from './rest/answers.ts'
import { batchesOf, batchMeanings, type Command } from './rest/batch.ts'
import type { Called, Wanted } from './call-queue.ts'

/** Each is bound exactly once. */
export const EVENTS = [
  'ONAPPUPDATE',
  'ONAPPUNINSTALL',
  'ONAPPPAYMENT',
  // What operators do in the chats of open lines.
  'ONIMCONNECTORMESSAGEADD',
  'ONIMCONNECTORMESSAGEUPDATE',
  'ONIMCONNECTORMESSAGEDELETE',
  'ONIMCONNECTORDIALOGSTART',
  'ONIMCONNECTORDIALOGFINISH',
  // A connector taken off its line, and a line deleted.
  'ONIMCONNECTORSTATUSDELETE',
  'ONIMCONNECTORLINEDELETE',
] as const
/** Bound where the card asks for the right to it: without it the list of employees is read every hour all the same. */
const WISHED: readonly string[] = ['ONUSERADD']

type Call = (wanted: Wanted) => Promise<Called>
type Bound = { event: string; handler: string }
type Failure = { what: string; code: string }
/** What a portal has no room for: its plan, or a right that the application was not given. */
export type Lacking = { what: 'robots' | 'sms'; code: string }

export function boundIn(result: unknown): Bound[] {
  return asList(result).flatMap((row) => {
    const { event, handler, offline } = asMap(row)
    return typeof event === 'string' && typeof handler === 'string' && String(offline ?? 0) === '0' ? [{ event, handler }] : []
  })
}

/** What is to be unbound and bound. Twice the same, or an address of ours that is old, goes; what others bound is not ours to touch. */
export function changesFor(bound: readonly Bound[], handler: string, events: readonly string[] = EVENTS): Command[] {
  const own = bound.filter((one) => isOurs(one.handler, handler))
  return events.flatMap((event) => {
    const now = own.filter((one) => one.event.toUpperCase() === event)
    if (now.length === 1 && now[0]?.handler === handler) return []
    const handlers = [...new Set(now.map((one) => one.handler))]
    const unbinds = handlers.map((old) => ({ method: 'event.unbind', params: { event, handler: old } }))
    return [...unbinds, { method: 'event.bind', params: { event, handler } }]
  })
}

/** The same page of ours, whatever its host was before we moved. */
function isOurs(address: string, handler: string): boolean {
  return URL.canParse(address) && new URL(address).pathname === new URL(handler).pathname
}

/** A room of the portal that we are registered in: what it knows of us, and what is to be changed there. */
type Room = {
  reads: string
  changes: (known: unknown) => Command[]
  /** Small plans have no automation and no senders: that is no fault of the installation, and said apart. */
  extra?: Lacking['what']
}

/** Where each of these is ours: `addressOf('events')`. */
type AddressOf = (path: 'events' | 'app' | 'robot') => string

/** `choices` null: the database could not be asked; robots stay as they are. */
const roomsAt = (addressOf: AddressOf, choices: Choices | null): Room[] => [
  {
    reads: 'event.get',
    changes: (known) => changesFor(boundIn(known), addressOf('events'), [...EVENTS, ...WISHED]),
  },
  { reads: 'placement.get', changes: (known) => placementChanges(known, addressOf('app')) },
  ...(choices ? deedRooms(choices, addressOf('robot')) : []),
]

const deedRooms = (choices: Choices, handler: string): Room[] => [
  { reads: 'bizproc.robot.list', changes: (known) => robotChanges(known, choices, handler), extra: 'robots' },
  { reads: 'messageservice.sender.list', changes: (known) => senderChanges(known, choices, handler), extra: 'sms' },
]

type Registered = { failures: Failure[]; lacking: Lacking[] }

/** Registers everything. Gives what could not be; a room that cannot be entered keeps nobody out of the others. */
export function register(call: Call, addressOf: AddressOf, choices: Choices | null): Promise<Registered> {
  return furnish(call, roomsAt(addressOf, choices))
}

/** What one chooses from has changed: nothing else of ours is touched. */
export function registerChoices(call: Call, addressOf: AddressOf, choices: Choices): Promise<Registered> {
  return furnish(call, deedRooms(choices, addressOf('robot')))
}

async function furnish(call: Call, rooms: readonly Room[]): Promise<Registered> {
  const known = await batched(
    call,
    rooms.map(({ reads }) => ({ method: reads, params: {} })),
    true,
  )
  if ('failure' in known) return { failures: [known.failure], lacking: [] }
  const closed = rooms.map((room, n) => ({ room, what: room.reads, problem: known.meanings[n]?.problem ?? null }))
  const wishes = rooms.flatMap((room, n) => {
    const meaning = known.meanings[n]
    return !meaning || meaning.problem ? [] : room.changes(meaning.result).map((command) => ({ room, command }))
  })
  const commands = wishes.map(({ command }) => command)
  const done = await batched(call, commands, false)
  if ('failure' in done) return sorted(closed, [done.failure])
  const refused = wishes.flatMap(({ room, command: { method, params } }, n) => {
    // What was to be taken away and is not there is no loss.
    const isNoLoss = /\.(unbind|delete)$/.test(method) || WISHED.includes(String(params['event']))
    return isNoLoss ? [] : [{ room, what: nameOf(method, params), problem: done.meanings[n]?.problem ?? null }]
  })
  return sorted([...closed, ...refused], [])
}

type Refused = { room: Room; what: string; problem: Problem | null }
/** A refusal of these kinds is the portal's last word. */
const FINAL: ReadonlySet<Problem['kind']> = new Set(['denied', 'missing', 'unpaid', 'consent'])

function sorted(refused: readonly Refused[], more: readonly Failure[]): Registered {
  const ill = refused.flatMap(({ room, what, problem }) => (problem ? [{ room, what, problem }] : []))
  const failures = ill.flatMap(({ room, what, problem }) => (room.extra ? [] : [{ what, code: problem.code }]))
  const lacking = ill.flatMap(({ room: { extra }, problem }) =>
    extra && FINAL.has(problem.kind) ? [{ what: extra, code: problem.code }] : [],
  )
  return {
    failures: [...failures, ...more],
    lacking: lacking.filter(({ what }, n) => lacking.findIndex((one) => one.what === what) === n),
  }
}

/** What was to be registered, as a person finds it in Bitrix24's own documents. */
const nameOf = (method: string, { event, PLACEMENT, CODE }: Record<string, unknown>): string =>
  String(event ?? PLACEMENT ?? CODE ?? method)

type Done = { meanings: ReturnType<typeof batchMeanings> } | { failure: Failure }

async function batched(call: Call, commands: readonly Command[], isRepeatable: boolean): Promise<Done> {
  const results: unknown[] = []
  for (const params of batchesOf(commands)) {
    const answer = await call({ method: 'batch', params, priority: 'status', isRepeatable })
    if (!answer.ok) return { failure: { what: 'batch', code: answer.code } }
    results.push(answer.result)
  }
  return { meanings: batchMeanings(commands.length, results) }
}
