/** Carries what is typed to the person's other devices, and theirs to here. What cannot be told now is told later. */
import type { Draft as StoredDraft } from '#contract/drafts.ts'
import type { Message } from '#contract/inbox.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import { problemOf } from '../api/problem.rules.ts'
import { uuidv7 } from '../lib/uuid.ts'
import { heard, wordsOf, type Draft } from './draft.rules.ts'
import type { createDrafts } from './drafts.ts'

/** After the last key: another device is looked at seconds later, not at every letter. */
const TELL_AFTER_MS = 1_200

type Deps = {
  drafts: ReturnType<typeof createDrafts>
  /** A message of a chat, where this phone has it. */
  message(chatId: string, id: string): Message | undefined
  isOnline(): boolean
}

/** Call `refresh` with each new connection, `hear` with each draft of the stream. */
export function createDraftSync({ drafts, message, isOnline }: Deps) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const telling = new Set<string>()
  /** Writings of this device: heard again, they are no other's. */
  const writings = new Set<string>()
  let isStopped = false

  function hear(theirs: StoredDraft): void {
    const mine = drafts.of(theirs.chatId)
    if (theirs.writing !== null && writings.has(theirs.writing)) {
      if (theirs.rev > (mine.rev ?? 0)) drafts.keep({ ...mine, rev: theirs.rev })
      return
    }
    const quoted = theirs.replyTo ? message(theirs.chatId, theirs.replyTo) : undefined
    const next = heard(mine, theirs, quoted ? quoteOf(quoted) : theirs.replyTo ? mine.replyTo : null)
    if (!next) return
    drafts.keep(next)
    if (next.isOwn) later(next.chatId)
  }

  function later(chatId: string): void {
    clearTimeout(timers.get(chatId))
    timers.set(
      chatId,
      setTimeout(() => void tell(chatId), TELL_AFTER_MS),
    )
  }

  /** One writing of a chat's draft at a time: each is over the one before. */
  async function tell(chatId: string): Promise<void> {
    clearTimeout(timers.get(chatId))
    timers.delete(chatId)
    const draft = drafts.of(chatId)
    if (isStopped || !draft.isOwn || !isOnline()) return
    if (telling.has(chatId)) return later(chatId)
    telling.add(chatId)
    const writing = uuidv7()
    writings.add(writing)
    try {
      const { saved, draft: kept } = await call(api.saveDraft, { ...wordsOf(draft), writing })
      if (isStopped) return
      const now = drafts.of(chatId)
      if (saved) drafts.keep({ ...now, rev: Math.max(now.rev ?? 0, kept.rev), isOwn: !isSame(now, draft) })
      else hear(kept)
      if (drafts.of(chatId).isOwn) later(chatId)
    } catch (error) {
      // A chat that is not ours any more keeps its words here alone; the next connection tells the others.
      if (problemOf(error).code === 'not_found' && !isStopped) drafts.keep({ ...drafts.of(chatId), isOwn: false })
    } finally {
      telling.delete(chatId)
    }
  }

  drafts.onTyped(later)

  return {
    hear,

    /** Takes what other devices wrote while this one was away, and tells what was typed meanwhile. */
    async refresh(): Promise<void> {
      const { items } = await call(api.listDrafts, {})
      if (isStopped) return
      for (const theirs of items) hear(theirs)
      for (const mine of drafts.own()) void tell(mine.chatId)
    },

    stop(): void {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify({ ...wordsOf(one), rev: 0 }) === JSON.stringify({ ...wordsOf(other), rev: 0 })
}

function quoteOf({ id, direction, kind, text }: Message): Draft['replyTo'] {
  return { id, direction, kind, text }
}
