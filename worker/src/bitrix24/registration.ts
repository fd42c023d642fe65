/**
 * What we ask of a portal to be part of it: which events it tells us, and where it shows us. Done again after every installation
 * and update, since both take it away; done twice it changes nothing (reference/bitrix24.md §0.3, §0.4).
 */
import { placementChanges } from './card/registration.ts'
import { asList, asMap } from './rest/answers.ts'
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
type Room = { reads: string; changes: (known: unknown) => Command[] }

/** Where each of these is ours: `addressOf('events')`. */
type AddressOf = (path: 'events' | 'app') => string

const roomsAt = (addressOf: AddressOf): Room[] => [
  {
    reads: 'event.get',
    changes: (known) => changesFor(boundIn(known), addressOf('events'), [...EVENTS, ...WISHED]),
  },
  { reads: 'placement.get', changes: (known) => placementChanges(known, addressOf('app')) },
]

/** Registers everything. Gives what could not be; a room that cannot be entered keeps nobody out of the others. */
export async function register(call: Call, addressOf: AddressOf): Promise<Failure[]> {
  const rooms = roomsAt(addressOf)
  const known = await batched(
    call,
    rooms.map(({ reads }) => ({ method: reads, params: {} })),
    true,
  )
  if ('failure' in known) return [known.failure]
  const closed = known.meanings.flatMap(({ problem }, n) =>
    problem ? [{ what: rooms[n]?.reads ?? '', code: problem.code }] : [],
  )
  const commands = rooms.flatMap(({ changes }, n) => {
    const meaning = known.meanings[n]
    return !meaning || meaning.problem ? [] : changes(meaning.result)
  })
  const done = await batched(call, commands, false)
  if ('failure' in done) return [...closed, done.failure]
  const failed = done.meanings.flatMap(({ problem }, n) => {
    const { method, params } = commands[n] ?? { method: '', params: {} }
    // What was to be taken away and is not there is no loss.
    return problem && !/\.(unbind|delete)$/.test(method) && !WISHED.includes(String(params['event']))
      ? [{ what: nameOf(method, params), code: problem.code }]
      : []
  })
  return [...closed, ...failed]
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
