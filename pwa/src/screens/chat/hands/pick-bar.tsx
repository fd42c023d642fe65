import Copy from 'lucide-solid/icons/copy'
import Forward from 'lucide-solid/icons/forward'
import X from 'lucide-solid/icons/x'
import { createMemo, onCleanup, Show } from 'solid-js'
import type { Chat, Message } from '#contract/inbox.ts'
import { copyText } from '../../../lib/copy.ts'
import { useDesk } from '../../../live/context.ts'
import { chatName } from '../../../text/chat-name.ts'
import { dayTime } from '../../../text/format.ts'
import { handsText } from '../../../text/hands.ts'
import { t } from '../../../text/text.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { say } from '../../../ui/toast.tsx'
import type { Talk } from '../create-conversation.ts'
import type { Hands } from '../create-hands.ts'
import { copyOf } from './copy.rules.ts'

/** In place of the chat's name while one chooses: how many, and the way out. */
export function PickHead(props: { hands: Hands }) {
  return (
    <header class="flex min-h-15 flex-none items-center gap-1 border-b border-line bg-surface px-2 pt-[env(safe-area-inset-top)]">
      <IconButton label={handsText().endPick} icon={X} onClick={() => props.hands.unpick()} />
      <h1 class="min-w-0 flex-1 truncate text-heading font-bold" aria-live="polite">
        {handsText().picked(props.hands.picked()?.size ?? 0)}
      </h1>
    </header>
  )
}

type PickBarProps = { hands: Hands; talk: Talk; chat: Chat; box: HTMLElement; order: () => string[] }

/** In place of the composer: what can be done with the chosen messages. Arrows go from one to the next, with shift they choose. */
export function PickBar(props: PickBarProps) {
  const { desk } = useDesk()
  const messages = createMemo(() => props.talk.shown().flatMap(({ message }) => (props.hands.has(message.id) ? [message] : [])))

  function who(message: Message): string {
    return message.direction === 'in' ? chatName(props.chat) : (message.author.name ?? t().slip.quotedYou)
  }

  async function copy() {
    const text = copyOf(messages(), { who, kind: ({ kind }) => t().kinds[kind], when: dayTime, note: handsText().note })
    const count = messages().length
    if (!(await copyText(text))) return say(t().app.copyFailed)
    say(handsText().copied(count))
    props.hands.unpick()
  }

  function onKey(event: KeyboardEvent) {
    if (document.querySelector('dialog[open]')) return
    if (event.key === 'Escape') return props.hands.unpick()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = document.activeElement?.closest<HTMLElement>('[data-message]')
    if (step === 0 || !row) return
    const order = props.order()
    const next = order[order.indexOf(row.dataset['message'] ?? '') + step]
    if (!next) return
    event.preventDefault()
    if (event.shiftKey && !props.hands.has(next)) props.hands.pick(next)
    const box = props.box.querySelector<HTMLElement>(`[data-message="${next}"] input[type=checkbox]`)
    box?.focus()
    box?.scrollIntoView({ block: 'nearest' })
  }

  window.addEventListener('keydown', onKey)
  onCleanup(() => window.removeEventListener('keydown', onKey))

  return (
    <div
      role="toolbar"
      aria-label={handsText().withPicked(messages().length)}
      class="flex flex-none justify-around gap-2 border-t border-line bg-surface px-3 pt-2 pb-[max(8px,env(safe-area-inset-bottom))]"
    >
      <Button kind="quiet" icon={Copy} class="flex-1" disabled={messages().length === 0} onClick={() => void copy()}>
        {handsText().copy}
      </Button>
      <Show when={desk.may('messages.send')}>
        <Button
          kind="quiet"
          icon={Forward}
          class="flex-1"
          disabled={messages().length === 0}
          onClick={() => props.hands.setForwarding(messages().map(({ id }) => id))}
        >
          {handsText().forward}
        </Button>
      </Show>
    </div>
  )
}
