/** The same done to several chats: one request, what came of it said at once, and those that were refused by name. */
import { createSignal } from 'solid-js'
import type { ChatOutcome, Each } from '#contract/bulk.ts'
import type { ChatId, PersonId } from '#contract/ids.ts'
import type { Chat } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { problemOf } from './api/problem.rules.ts'
import { useDesk } from './live/context.ts'
import { chatName } from './text/chat-name.ts'
import { deskWork } from './text/desk-work.ts'
import { sentenceOf } from './text/text.ts'
import { say } from './ui/toast.tsx'

/** A chat that something is done to: as it was when it was asked for. */
export type Target = { id: ChatId; name: string; holder: PersonId | null }
/** One that stayed as it was, and why. */
export type LeftOut = { name: string; outcome: ChatOutcome['outcome'] }
export type ChatsWork = ReturnType<typeof createChatsWork>

export function targetOf(chat: Chat): Target {
  return { id: chat.id, name: chatName(chat), holder: chat.assignee?.id ?? null }
}

/** Whose these chats are, where they are all one person's (null: nobody's); else undefined. */
export function holderOf(targets: readonly Target[]): PersonId | null | undefined {
  const [first] = targets
  return targets.every(({ holder }) => holder === first?.holder) ? first?.holder : undefined
}

/** `finished` hears when the server has answered, refusals included; not of what is taken back. */
export function createChatsWork(finished: () => void) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal(false)
  const [left, setLeft] = createSignal<readonly LeftOut[]>([])

  type Ask = (chatIds: ChatId[]) => Promise<Each>
  type Undo = (done: readonly Target[]) => void

  async function carry(targets: readonly Target[], ask: Ask, said: (count: number) => string, undo?: Undo): Promise<boolean> {
    if (busy()) return false
    setBusy(true)
    try {
      const { items, chats } = await ask(targets.map(({ id }) => id))
      const outcomes = new Map(items.map(({ chatId, outcome }) => [chatId, outcome]))
      await desk.apply(
        chats.map((chat) => ({ type: 'chat', chat })),
        null,
      )
      const done = targets.filter(({ id }) => outcomes.get(id) === 'done')
      const refused = targets.flatMap(({ id, name }): LeftOut[] => {
        const outcome = outcomes.get(id) ?? 'not_found'
        return outcome === 'done' || outcome === 'same' ? [] : [{ name, outcome }]
      })
      setLeft(refused)
      if (done.length > 0) say(said(done.length), undo && { name: deskWork().undo, run: () => undo(done) })
      else if (refused.length === 0) say(deskWork().nothingToDo)
      return true
    } catch (error) {
      say(sentenceOf(problemOf(error)))
      return false
    } finally {
      setBusy(false)
    }
  }

  async function carryOut(...what: Parameters<typeof carry>): Promise<void> {
    if (await carry(...what)) finished()
  }

  function assign(targets: readonly Target[], personId: PersonId | null, name: string): Promise<void> {
    const ask: Ask = (chatIds) => call(api.assignChats, { chatIds, personId })
    // Back is one request only where they all come from one person.
    const undo = (done: readonly Target[]) => {
      const before = holderOf(done) ?? null
      void carry(done, (chatIds) => call(api.assignChats, { chatIds, personId: before }), deskWork().undone)
    }
    const said = personId === null ? deskWork().queuedMany : (count: number) => deskWork().assignedMany(count, name)
    return carryOut(targets, ask, said, holderOf(targets) === undefined ? undefined : undo)
  }

  function label(targets: readonly Target[], { id, name }: Label, on: boolean): Promise<void> {
    const set =
      (isOn: boolean): Ask =>
      (chatIds) =>
        call(api.labelChats, { chatIds, labelId: id, on: isOn })
    const said = (count: number) => (on ? deskWork().labelledMany(count, name) : deskWork().unlabelledMany(count, name))
    return carryOut(targets, set(on), said, (done) => void carry(done, set(!on), deskWork().undone))
  }

  function turn(targets: readonly Target[], state: 'closed' | 'open'): Promise<void> {
    const set =
      (to: 'closed' | 'open'): Ask =>
      (chatIds) =>
        call(api.closeChats, { chatIds, state: to })
    const said = state === 'closed' ? deskWork().closedMany : deskWork().reopenedMany
    const undo: Undo = (done) => void carry(done, set('open'), deskWork().undone)
    return carryOut(targets, set(state), said, state === 'closed' ? undo : undefined)
  }

  function settle(targets: readonly Target[]): Promise<void> {
    return carryOut(targets, (chatIds) => call(api.settleChats, { chatIds }), deskWork().settledMany)
  }

  return { busy, left, forgetLeft: () => setLeft([]), assign, label, turn, settle }
}
