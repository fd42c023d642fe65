/** What becomes of what is written and done between the person's thumb and the server: pure, so that every bad network can be tried. */
import type { ContactsToSend, Extra, LocationToSend } from '#contract/extra.ts'
import type { Message, SentKind, TemplateToSend } from '#contract/inbox.ts'
import type { PersonId } from '#contract/ids.ts'
import type { Sound } from '#contract/media.ts'
import type { What } from './deed.rules.ts'
import { mayPass, type ApiProblem, type ProblemCode, type ProblemDetails } from '../api/problem.rules.ts'

/** Then every {@link RETRY_LAST_MS}. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
const RETRY_LAST_MS = 60_000

/** `sound`: of what was recorded here. */
export type OutgoingFile = { blobId: string; name: string; mime: string; size: number; sound?: Sound }

export type OutgoingTemplate = Omit<TemplateToSend, 'headerMediaId'> & {
  shown: NonNullable<NonNullable<Extra['template']>['shown']>
}

/** Something that the server has not confirmed, in the line of its chat. Its id is made here and stays. */
type Waiting = {
  id: string
  chatId: string
  at: string
  state: 'queued' | 'sending' | 'failed'
  /** The request has left at least once: the server may have done it already, so it cannot be taken back here. */
  posted: boolean
  attempts: number
  notBefore: number
  problem: { code: ProblemCode; details: ProblemDetails; traceId: string | null } | null
}

/** A message or note. */
export type Outgoing = Waiting & {
  what: 'message' | 'note'
  kind: SentKind
  text: string | null
  file: OutgoingFile | null
  /** Set once the bytes have arrived, so that a retry does not send them again. */
  mediaId: string | null
  /** What goes out as a template: its file is `file`, its text is as the customer will read it. */
  template?: OutgoingTemplate
  /** A place, or people, instead of words. */
  location?: LocationToSend
  contacts?: ContactsToSend
  /** Who is named in a note. */
  mentions?: readonly { id: PersonId; name: string }[]
  /** Of a message that goes on: which one, and its file, which the server has. */
  forward?: { of: Message['id']; media: Message['media'] }
  replyTo: Message['replyTo']
  author: { id: string; name: string }
}

/** Something that is done with a chat or its contact. */
export type Deed = Waiting & { what: 'deed'; deed: What }

export type Entry = Outgoing | Deed

export function isOutgoing(entry: Entry): entry is Outgoing {
  return entry.what !== 'deed'
}

/** What a chat's line does next. One at a time, in the order written; a refused one steps aside for the others. */
export function nextInLine(line: readonly Entry[], now: number): { send: Entry } | { wakeAt: number } | null {
  const first = line.filter((entry) => entry.state !== 'failed').toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
  if (!first) return null
  return first.notBefore <= now ? { send: first } : { wakeAt: first.notBefore }
}

/** The entry after a try that failed: it waits its turn again, or stays where it is with the reason. */
export function afterProblem<One extends Entry>(entry: One, problem: ApiProblem, now: number): One {
  const said = { code: problem.code, details: problem.details, traceId: problem.traceId }
  if (!mayPass(problem)) return { ...entry, state: 'failed', problem: said }
  const pause = problem.retryAfterMs ?? RETRY_MS[entry.attempts] ?? RETRY_LAST_MS
  return { ...entry, state: 'queued', attempts: entry.attempts + 1, notBefore: now + pause, problem: said }
}

/** Ready to be tried at once: the network is back, or the person asked for it. */
export function readyNow(entry: Entry): Entry {
  return { ...entry, state: 'queued', attempts: 0, notBefore: 0, problem: null }
}

/** May the person take it back? Only what surely never left, or was refused. */
export function mayDiscard(entry: Entry): boolean {
  return entry.state === 'failed' || !entry.posted
}
