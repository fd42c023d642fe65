import { Show } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { plainText } from '../../lib/rich-text.rules.ts'
import { t } from '../../text/text.ts'

type QuotedMessage = NonNullable<Message['replyTo']>

/** What a message answers, in short. A tap goes there. */
export function Quoted(props: { quoted: QuotedMessage; name: string | null; open?: () => void }) {
  const who = () => (props.quoted.direction === 'in' ? (props.name ?? t().kinds.contacts) : t().slip.quotedYou)
  const words = () =>
    (props.quoted.text && plainText(props.quoted.text)) ||
    (props.quoted.kind ? t().kinds[props.quoted.kind] : t().slip.quotedMissing)
  return (
    <Show
      when={props.quoted.direction && props.open}
      fallback={
        <span class="mb-1 block rounded-segment border-l-3 border-edge bg-paper px-2.5 py-1.5 text-meta text-ink-2">
          <span class="clamp-2">{words()}</span>
        </span>
      }
    >
      <button
        type="button"
        class="mb-1 block min-h-11 w-full rounded-segment border-l-3 border-anil bg-paper px-2.5 py-1.5 text-left text-meta"
        onClick={() => props.open?.()}
      >
        <span class="block font-semibold text-anil">{who()}</span>
        <span class="clamp-2 text-ink-2">{words()}</span>
      </button>
    </Show>
  )
}
