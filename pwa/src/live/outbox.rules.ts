/** What becomes of a message between the person's thumb and the server: pure, so that every bad network can be tried. */
import type { Extra, Message, TemplateToSend } from '#contract/inbox.ts'
import type { PersonId } from '#contract/ids.ts'
import type { Sound } from '#contract/media.ts'
import { mayPass, type ApiProblem, type ProblemCode, type ProblemDetails } from '../api/problem.rules.ts'

/** Then every {@link RETRY_LAST_MS}. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
const RETRY_LAST_MS = 60_000

/** `sound`: of what was recorded here. */
export type OutgoingFile = { blobId: string; name: string; mime: string; size: number; sound?: Sound }

export type OutgoingTemplate = Omit<TemplateToSend, 'headerMediaId'> & {
  shown: NonNullable<NonNullable<Extra['template']>['shown']>
}

/** A message or note that the server has not confirmed. Its id is the id that it will always have. */
export type Outgoing = {
  id: string
  chatId: string
  what: 'message' | 'note'
  kind: 'text' | 'image' | 'document' | 'audio' | 'voice' | 'video' | 'template'
  text: string | null
  file: OutgoingFile | null
  /** Set once the bytes have arrived, so that a retry does not send them again. */
  mediaId: string | null
  /** What goes out as a template: its file is `file`, its text is as the customer will read it. */
  template?: OutgoingTemplate
  /** Who is named in a note. */
  mentions?: readonly { id: PersonId; name: string }[]
  /** Of a message that goes on: which one, and its file, which the server has. */
  forward?: { of: Message['id']; media: Message['media'] }
  replyTo: Message['replyTo']
  author: { id: string; name: string }
  at: string
  state: 'queued' | 'sending' | 'failed'
  /** The request has left at least once: the server may hold it already, so it cannot be taken back here. */
  posted: boolean
  attempts: number
  notBefore: number
  problem: { code: ProblemCode; details: ProblemDetails; traceId: string | null } | null
}

/** What a chat's line does next. One at a time, in the order written; a refused one steps aside for the others. */
export function nextInLine(line: readonly Outgoing[], now: number): { send: Outgoing } | { wakeAt: number } | null {
  const first = line.filter((entry) => entry.state !== 'failed').toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
  if (!first) return null
  return first.notBefore <= now ? { send: first } : { wakeAt: first.notBefore }
}

/** The entry after a try that failed: it waits its turn again, or stays where it is with the reason. */
export function afterProblem(entry: Outgoing, problem: ApiProblem, now: number): Outgoing {
  const said = { code: problem.code, details: problem.details, traceId: problem.traceId }
  if (!mayPass(problem)) return { ...entry, state: 'failed', problem: said }
  const pause = problem.retryAfterMs ?? RETRY_MS[entry.attempts] ?? RETRY_LAST_MS
  return { ...entry, state: 'queued', attempts: entry.attempts + 1, notBefore: now + pause, problem: said }
}

/** Ready to be tried at once: the network is back, or the person asked for it. */
export function readyNow(entry: Outgoing): Outgoing {
  return { ...entry, state: 'queued', attempts: 0, notBefore: 0, problem: null }
}

/** May the person take it back? Only what surely never left, or was refused. */
export function mayDiscard(entry: Outgoing): boolean {
  return entry.state === 'failed' || !entry.posted
}
