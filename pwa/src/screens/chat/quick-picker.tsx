import MessageSquareText from 'lucide-solid/icons/message-square-text'
import Paperclip from 'lucide-solid/icons/paperclip'
import { createEffect, createMemo, createSignal, createUniqueId, For, onCleanup, onMount, Show } from 'solid-js'
import type { QuickReply } from '#contract/quick-replies.ts'
import { createMediaQuery } from '../../lib/create-media-query.ts'
import { useDesk } from '../../live/context.ts'
import { t } from '../../text/text.ts'
import { Busy } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { groupsOf, type Group } from './quick.rules.ts'

type PickerProps = {
  channelId: string
  /** Id of the one that is being filled. */
  filling: string | null
  choose: (reply: QuickReply) => void
  /** The way to WhatsApp's own templates, for whoever may send them. */
  templates: (() => void) | null
  /** `keepsSlash`: what was typed to open it may have been meant as text. */
  close: (keepsSlash: boolean) => void
}

/** Quick replies to choose from: over the composer where there is a mouse, else a sheet. */
export function QuickPicker(props: PickerProps) {
  const hasMouse = createMediaQuery('(pointer: fine)')
  return (
    <Show
      when={hasMouse()}
      fallback={
        <Sheet title={t().quick.title} closeLabel={t().app.close} close={() => props.close(true)}>
          <Choices {...props} />
        </Sheet>
      }
    >
      <Popover {...props} />
    </Show>
  )
}

function Popover(props: PickerProps) {
  let box!: HTMLDivElement
  const outside = (event: PointerEvent) => {
    if (event.target instanceof Node && !box.contains(event.target)) props.close(true)
  }
  onMount(() => document.addEventListener('pointerdown', outside))
  onCleanup(() => document.removeEventListener('pointerdown', outside))
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t().quick.title}
      class="scroll-thin absolute inset-x-3 bottom-full z-2 mb-2 max-h-[min(26rem,55vh)] max-w-160 overflow-y-auto rounded-card border border-line bg-surface shadow-float"
    >
      <Choices {...props} />
    </div>
  )
}

function Choices(props: PickerProps) {
  const { quickReplies } = useDesk()
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const [at, setAt] = createSignal(0)
  let search!: HTMLInputElement
  const groups = createMemo(() => groupsOf(quickReplies.items(), quickReplies.recent(), props.channelId, words()))
  const flat = createMemo(() => groups().flatMap(({ items }) => items))
  const active = () => flat()[Math.min(at(), flat().length - 1)]
  const optionId = (reply: QuickReply) => `${id}-${reply.id}`
  const activeId = () => {
    const reply = active()
    return reply && optionId(reply)
  }

  onMount(() => search.focus())
  createEffect(() => {
    const shown = activeId()
    if (shown) document.querySelector(`#${CSS.escape(shown)}`)?.scrollIntoView({ block: 'nearest' })
  })

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const count = flat().length
    if (step !== 0 && count > 0) setAt((now) => (Math.min(now, count - 1) + step + count) % count)
    else if (event.key === 'Enter' && !event.isComposing) {
      const reply = active()
      if (reply) props.choose(reply)
    } else if (event.key === 'Escape') props.close(true)
    else if (event.key === 'Backspace' && words() === '') props.close(false)
    else return
    // The composer and the sheet around it have meanings of their own for these keys.
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <div class="sticky top-0 z-1 border-b border-line bg-surface p-2">
        <input
          ref={search}
          type="search"
          role="combobox"
          class="field"
          aria-label={t().quick.search}
          placeholder={t().quick.search}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={activeId()}
          autocomplete="off"
          value={words()}
          onInput={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <Show when={props.templates}>
          {(open) => (
            <button
              type="button"
              class="row mt-1 flex min-h-12 w-full items-center gap-3 rounded-button px-3 text-anil"
              onClick={() => open()()}
            >
              <Icon of={MessageSquareText} size={20} />
              {t().composer.templates}
            </button>
          )}
        </Show>
      </div>
      <Show when={flat().length > 0} fallback={<Nothing searched={words().trim() !== ''} />}>
        <div id={`${id}-list`} role="listbox" aria-label={t().quick.title} class="p-2">
          <For each={groups()}>
            {(group) => (
              <div role="group" aria-label={groupName(group)}>
                <p class="px-3 pt-2 pb-1 text-meta font-semibold text-ink-3" aria-hidden="true">
                  {groupName(group)}
                </p>
                <For each={group.items}>
                  {(reply) => (
                    <Choice
                      id={optionId(reply)}
                      reply={reply}
                      isActive={active()?.id === reply.id}
                      isFilling={props.filling === reply.id}
                      choose={() => props.choose(reply)}
                    />
                  )}
                </For>
              </div>
            )}
          </For>
        </div>
      </Show>
    </>
  )
}

function groupName({ name }: Group): string {
  if (typeof name === 'object') return name.folder || t().quick.noFolder
  return name === 'recent' ? t().quick.recent : t().quick.found
}

function Choice(props: { id: string; reply: QuickReply; isActive: boolean; isFilling: boolean; choose: () => void }) {
  return (
    <div
      id={props.id}
      role="option"
      aria-selected={props.isActive}
      class="row flex min-h-14 cursor-pointer items-center gap-3 rounded-button px-3 py-1.5"
      classList={{ 'bg-anil-tint': props.isActive }}
      onClick={() => props.choose()}
    >
      <span class="min-w-0 flex-1">
        <span class="flex items-baseline gap-2">
          <span class="truncate font-semibold">{props.reply.name}</span>
          <span class="flex-none text-meta text-anil">/{props.reply.shortcut}</span>
        </span>
        <span class="block truncate text-small text-ink-2">{props.reply.text}</span>
      </span>
      <Show when={props.reply.media}>
        <Icon of={Paperclip} size={16} class="text-ink-3" />
      </Show>
      <Show when={props.isFilling}>
        <Busy />
      </Show>
    </div>
  )
}

function Nothing(props: { searched: boolean }) {
  return (
    <Show when={props.searched} fallback={<Empty title={t().quick.empty} help={t().quick.emptyHelp} />}>
      <p role="status" class="px-5 py-6 text-small text-ink-2">
        {t().quick.noMatch}
      </p>
    </Show>
  )
}
