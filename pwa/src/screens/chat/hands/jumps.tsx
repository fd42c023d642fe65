import ArrowUp from 'lucide-solid/icons/arrow-up'
import Undo2 from 'lucide-solid/icons/undo-2'
import { Show } from 'solid-js'
import { handsText } from '../../../text/hands.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Talk } from '../create-conversation.ts'

/** Over the messages: up to what was not read yet, and back to where a quote was followed from. */
export function Jumps(props: { talk: Talk }) {
  return (
    <>
      <Show when={props.talk.unreadAbove()}>
        {(count) => (
          <button
            type="button"
            class="button absolute inset-x-0 top-2 z-1 mx-auto w-fit border border-line bg-surface !px-4 text-small font-semibold text-cochinilla shadow-float"
            onClick={() => void props.talk.toUnread()}
          >
            <Icon of={ArrowUp} size={18} />
            {handsText().unread(count(), props.talk.hasMoreUnread())}
          </button>
        )}
      </Show>
      <Show when={props.talk.trail().length > 0}>
        <button
          type="button"
          class="button absolute bottom-3 left-3 z-1 border border-line bg-surface !px-3 text-small font-semibold text-anil shadow-float"
          onClick={() => props.talk.back()}
        >
          <Icon of={Undo2} size={18} />
          {handsText().backToQuote}
        </button>
      </Show>
    </>
  )
}
