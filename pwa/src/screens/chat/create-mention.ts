import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listMentionable } from '#contract/mentions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { getMeta, putMeta } from '../../live/local-db.ts'
import type { Composing } from './create-composer.ts'
import { meant, openingAt, withName, type Opening } from './mention.rules.ts'

type Person = OutputOf<typeof listMentionable>['items'][number]

/** Choosing whom a note names, while it is typed. `area` is where it is written. */
export function createMention(chat: Accessor<Chat>, composer: Composing, area: () => HTMLTextAreaElement) {
  const { desk } = useDesk()
  const [people, setPeople] = createSignal<readonly Person[] | null>(null)
  const [opening, setOpening] = createSignal<Opening | null>(null)
  const [at, setAt] = createSignal(0)
  let asking = false

  const found = createMemo(() => {
    const now = opening()
    return now ? meant(people() ?? [], now.words) : []
  })
  const active = () => Math.min(at(), Math.max(0, found().length - 1))

  /** Asked when the first `@` is typed: who sees the chat may have changed since. */
  async function ask(): Promise<void> {
    if (asking || people()) return
    asking = true
    try {
      const { items } = await call(api.listMentionable, { chatId: chat().id })
      setPeople(items)
      await putMeta(desk.db, 'mentionable', items)
    } catch {
      // Those who could be named the last time: the server says no where one of them does not see this chat.
      const known = await getMeta(desk.db, 'mentionable').catch(() => undefined)
      setPeople((now) => now ?? known ?? null)
    } finally {
      asking = false
    }
  }

  function choose(person: Person): void {
    const now = opening()
    if (!now) return
    const { text, cursor } = withName(composer.draft().note, now, person.name)
    const named = composer.draft().mentions ?? []
    composer.change({ note: text, mentions: [...named.filter(({ id }) => id !== person.id), person] })
    setOpening(null)
    area().focus()
    area().setSelectionRange(cursor, cursor)
  }

  return {
    found,
    active,
    choose,
    close: () => setOpening(null),
    /** Looks at what stands before the cursor. */
    look(): void {
      const next = composer.isNote() ? openingAt(area().value, area().selectionStart) : null
      if (next && !opening()) void ask()
      setOpening(next)
      setAt(0)
    },
    /** Keys that belong to the list while it is open. */
    onKey(event: KeyboardEvent): boolean {
      const count = found().length
      if (count === 0 || event.isComposing) return false
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      const person = found()[active()]
      if (step !== 0) setAt((active() + step + count) % count)
      else if ((event.key === 'Enter' || event.key === 'Tab') && person) choose(person)
      else if (event.key === 'Escape') setOpening(null)
      else return false
      event.preventDefault()
      return true
    },
  }
}
