import { A } from '@solidjs/router'
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { minuteNow } from '../../lib/clock.ts'
import { LabelLinks } from '../../label-chips.tsx'
import { chatName } from '../../text/chat-name.ts'
import { shortWhen } from '../../text/format.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useDesk } from '../../live/context.ts'
import { createFoundMessages, type FoundMessage } from './create-found-messages.ts'
import { filtersOf } from './filters.rules.ts'
import { excerptOf } from './excerpt.rules.ts'

type FoundMessagesProps = {
  /** What is searched for; empty: only the filters count. */
  words: string
  /** The filters that they are searched within. */
  within: string
  /** The filters of the list, which stay in the address when a message is opened. */
  query: string
}

/** Messages that match, newest first. Each opens its chat at that message. */
export function FoundMessages(props: FoundMessagesProps) {
  const { desk } = useDesk()
  const found = createFoundMessages(desk, () => {
    const words = props.words.trim()
    return { ...filtersOf(props.within), ...(words ? { q: words } : {}) }
  })
  const [isEnd, setIsEnd] = createSignal(false)
  // The next page comes when the end of this one is near.
  const watcher = new IntersectionObserver((seen) => setIsEnd(seen.some(({ isIntersecting }) => isIntersecting)), {
    rootMargin: '400px',
  })
  onCleanup(() => watcher.disconnect())
  createEffect(on([isEnd, () => found.items()], ([end]) => end && found.items().length > 0 && found.more()))

  return (
    <div class="scroll-thin min-h-0 flex-1 overflow-y-auto overscroll-contain pb-4">
      <Show when={found.problem()}>
        {(problem) => (
          <p role="status" class="bg-maiz-tint px-4 py-1 text-center text-meta">
            {found.isHere() ? t().chats.searchOffline : sentenceOf(problem())}
          </p>
        )}
      </Show>
      <ul aria-label={t().chats.inMessages}>
        <For each={found.items()}>{(one) => <Row found={one} words={props.words} query={props.query} />}</For>
      </ul>
      <Show when={found.items().length === 0 && !found.busy() && (!found.problem() || found.isHere())}>
        <Empty title={t().chats.noMessages} help={t().chats.noMessagesHelp} />
      </Show>
      <Show when={found.busy()}>
        <p role="status" class="p-6 text-center text-ink-3">
          {t().chats.searching}
        </p>
      </Show>
      <div ref={(end) => watcher.observe(end)} class="flex justify-center">
        <Show when={found.hasMore() && !found.busy()}>
          <Button kind="quiet" class="!text-anil" onClick={() => found.more()}>
            {t().chats.olderMessages}
          </Button>
        </Show>
      </div>
    </div>
  )
}

function Row(props: { found: FoundMessage; words: string; query: string }) {
  const name = () => chatName(props.found.chat)
  const message = () => props.found.message
  const excerpt = () => excerptOf(message().text ?? t().kinds[message().kind], props.words)
  const href = () => `/chats/${props.found.chat.id}?${props.query && `${props.query}&`}message=${message().id}`
  return (
    <li class="relative flex gap-3 px-4 pt-3">
      <Avatar name={name()} />
      <div class="min-w-0 flex-1 border-b border-line pb-2.5">
        <A href={href()} class="block after:absolute after:inset-0" activeClass="" inactiveClass="">
          <span class="flex items-baseline gap-2">
            <span class="min-w-0 flex-1 truncate font-semibold">{name()}</span>
            <time class="flex-none text-meta text-ink-3" dateTime={message().at}>
              {shortWhen(message().at, minuteNow())}
            </time>
          </span>
          <span class="clamp-2 text-small wrap-anywhere text-ink-2">
            <Show when={message().direction !== 'in' && message().author.name}>{(author) => <>{author()}: </>}</Show>
            {excerpt().before}
            <Show when={excerpt().hit}>{(hit) => <mark class="rounded-[3px] bg-maiz-tint text-ink">{hit()}</mark>}</Show>
            {excerpt().after}
          </span>
        </A>
        <LabelLinks labels={message().labels} class="relative z-1 mt-1 w-fit flex-wrap" />
      </div>
    </li>
  )
}
