import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronUp from 'lucide-solid/icons/chevron-up'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, on, onMount, Show } from 'solid-js'
import { handsText } from '../../../text/hands.ts'
import { IconButton } from '../../../ui/button.tsx'
import type { Talk } from '../create-conversation.ts'
import { createChatSearch } from './create-chat-search.ts'
import { createMarks } from './marks.ts'

type SearchBarProps = { chatId: string; talk: Talk; box: HTMLElement; close: () => void }

/** Looks for words in this chat, and goes from one hit to the next: upwards is back in time. */
export function SearchBar(props: SearchBarProps) {
  const [question, setQuestion] = createSignal('')
  // oxlint-disable-next-line solid/reactivity -- the screen is made anew for each chat: this never changes in it
  const search = createChatSearch(props.chatId, question)
  const [now, setNow] = createSignal<string | null>(null)
  const place = createMemo(() => search.hits().findIndex(({ id }) => id === now()))
  // oxlint-disable-next-line solid/reactivity -- and neither does its box
  createMarks(props.box, search.words)

  let field!: HTMLInputElement
  // After the menu that it was opened from has given its focus back.
  onMount(() => requestAnimationFrame(() => field.focus()))

  function show(index: number) {
    const hit = search.hits()[index]
    if (!hit) return
    setNow(hit.id)
    void props.talk.jumpTo(hit.id)
  }

  async function older() {
    if (place() === search.hits().length - 1 && search.hasMore()) await search.more()
    show(place() + 1)
  }

  // Other words: their newest hit. One that the server adds later changes nothing under the eye.
  createEffect(
    on([question, () => search.hits().length > 0], ([, hasHits]) => {
      if (hasHits && place() < 0) show(0)
      if (!hasHits) setNow(null)
    }),
  )

  const said = () => {
    if (question().trim() === '') return ''
    if (search.hits().length > 0) return handsText().search.place(place() + 1, search.hits().length, search.hasMore())
    return search.busy() ? handsText().search.busy : handsText().search.none
  }

  return (
    <div role="search" class="flex-none border-b border-line bg-surface px-2 py-1.5">
      <div class="flex items-center gap-1">
        <input
          ref={field}
          type="search"
          class="field no-bar !min-h-11 min-w-0 flex-1 !py-2"
          aria-label={handsText().search.field}
          placeholder={handsText().search.field}
          enterkeyhint="search"
          autocomplete="off"
          value={question()}
          onInput={(event) => setQuestion(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.close()
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (event.shiftKey) show(place() - 1)
            else void older()
          }}
        />
        <IconButton
          label={handsText().search.older}
          icon={ChevronUp}
          disabled={search.hits().length === 0 || (place() === search.hits().length - 1 && !search.hasMore())}
          onClick={() => void older()}
        />
        <IconButton
          label={handsText().search.newer}
          icon={ChevronDown}
          disabled={place() <= 0}
          onClick={() => show(place() - 1)}
        />
        <IconButton data-leave="" label={handsText().search.close} icon={X} onClick={() => props.close()} />
      </div>
      <p role="status" class="nums px-2 pt-1 text-meta text-ink-2 empty:hidden">
        {said()}
      </p>
      <Show when={search.problem()}>
        <p class="px-2 text-meta text-teja">{handsText().search.offline}</p>
      </Show>
    </div>
  )
}
