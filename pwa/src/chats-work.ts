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
import type { What } from './live/deed.rules.ts'
import { seenOf } from './live/deeds.rules.ts'
import { chatName } from './text/chat-name.ts'
import { deskWork } from './text/desk-work.ts'
import { loadOutboxText, outboxText } from './text/outbox.ts'
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
  const phone = useDesk()
  const { desk } = phone
  const [busy, setBusy] = createSignal(false)
  const [left, setLeft] = createSignal<readonly LeftOut[]>([])

  type Ask = (chatIds: ChatId[]) => Promise<Each>
  type Undo = (done: readonly Target[]) => void
  /** The same for one chat, to be done when there is a network. */
  type Later = (chat: Chat) => What

  async function carry(
    targets: readonly Target[],
    ask: Ask,
    said: (count: number) => string,
    later: Later,
    undo?: Undo,
  ): Promise<boolean> {
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
      const problem = problemOf(error)
      if (problem.status === 0) return await doLater(targets, later)
      say(sentenceOf(problem))
      return false
    } finally {
      setBusy(false)
    }
  }

  /** No answer: each is decided here, shown at once, and waits in the line of its chat. Who has it done already does it twice. */
  async function doLater(targets: readonly Target[], later: Later): Promise<boolean> {
    const [{ doDeed }] = await Promise.all([import('./live/deeds.ts'), loadOutboxText()])
    const chats = targets.flatMap(({ id }) => desk.chat(id) ?? [])
    await Promise.all(chats.map((chat) => doDeed(phone, chat.id, later(chat))))
    say(outboxText().laterMany(chats.length))
    return true
  }

  async function carryOut(...what: Parameters<typeof carry>): Promise<void> {
    if (await carry(...what)) finished()
  }

  function assign(targets: readonly Target[], personId: PersonId | null, name: string): Promise<void> {
    const ask: Ask = (chatIds) => call(api.assignChats, { chatIds, personId })
    const give =
      (to: PersonId | null, called: string): Later =>
      (chat) => ({ do: 'assign', chatId: chat.id, to: to && { id: to, name: called }, seen: seenOf(chat) })
    // Back is one request only where they all come from one person.
    const undo = (done: readonly Target[]) => {
      const before = holderOf(done) ?? null
      void carry(done, (chatIds) => call(api.assignChats, { chatIds, personId: before }), deskWork().undone, give(before, ''))
    }
    const said = personId === null ? deskWork().queuedMany : (count: number) => deskWork().assignedMany(count, name)
    return carryOut(targets, ask, said, give(personId, name), holderOf(targets) === undefined ? undefined : undo)
  }

  function label(targets: readonly Target[], { id, name, color, description }: Label, on: boolean): Promise<void> {
    const mark =
      (isOn: boolean): Later =>
      ({ id: chatId }) => ({ do: 'label', label: { id, name, color, description }, on: isOn, chatId, messageId: null })
    const set =
      (isOn: boolean): Ask =>
      (chatIds) =>
        call(api.labelChats, { chatIds, labelId: id, on: isOn })
    const said = (count: number) => (on ? deskWork().labelledMany(count, name) : deskWork().unlabelledMany(count, name))
    return carryOut(targets, set(on), said, mark(on), (done) => void carry(done, set(!on), deskWork().undone, mark(!on)))
  }

  function turn(targets: readonly Target[], state: 'closed' | 'open'): Promise<void> {
    const set =
      (to: 'closed' | 'open'): Ask =>
      (chatIds) =>
        call(api.closeChats, { chatIds, state: to })
    const said = state === 'closed' ? deskWork().closedMany : deskWork().reopenedMany
    const later =
      (to: 'close' | 'reopen'): Later =>
      (chat) => ({ do: to, chatId: chat.id, seen: seenOf(chat) })
    const undo: Undo = (done) => void carry(done, set('open'), deskWork().undone, later('reopen'))
    return carryOut(
      targets,
      set(state),
      said,
      later(state === 'closed' ? 'close' : 'reopen'),
      state === 'closed' ? undo : undefined,
    )
  }

  function settle(targets: readonly Target[]): Promise<void> {
    const later: Later = (chat) => ({ do: 'settle', chatId: chat.id, seen: seenOf(chat) })
    return carryOut(targets, (chatIds) => call(api.settleChats, { chatIds }), deskWork().settledMany, later)
  }

  return { busy, left, forgetLeft: () => setLeft([]), assign, label, turn, settle }
}
