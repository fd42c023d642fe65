import Bot from 'lucide-solid/icons/bot'
import StickyNote from 'lucide-solid/icons/sticky-note'
import { For, Match, Show, Switch } from 'solid-js'
import type { Chat, Message } from '#contract/inbox.ts'
import { LabelLinks } from '../../label-chips.tsx'
import { latePart } from '../../lib/late-part.tsx'
import { clockTime } from '../../text/format.ts'
import { chatName } from '../../text/chat-name.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Ticks } from '../../ui/ticks.tsx'
import { Quoted } from './quoted.tsx'
import type { Shown } from './shown.rules.ts'
import { SlipBody } from './slip-body.tsx'
import { SlipProblem } from './slip-problem.tsx'

/** Few messages come by an advertisement. */
const AdCard = latePart(async () => (await import('./slip-cards.tsx')).AdCard)

type SlipProps = { shown: Shown; chat: Chat; isFound: boolean; jumpTo: (messageId: string) => void; photo: () => void }

/** A message on its slip of paper. */
export function Slip(props: SlipProps) {
  const message = () => props.shown.message
  const isNote = () => message().direction === 'note'
  const isOut = () => message().direction === 'out'
  const isWaiting = () => isOut() && (message().status === 'queued' || message().status === 'sending')
  return (
    <article
      aria-label={whoSaid(message(), props.chat)}
      class="slip"
      classList={{
        'slip-note': isNote(),
        'slip-in': message().direction === 'in',
        'slip-out': isOut(),
        'slip-bot': isOut() && (message().author.kind === 'bot' || message().author.kind === 'system'),
        'slip-waiting': isWaiting(),
        'slip-failed': message().status === 'failed',
        'slip-template': message().kind === 'template',
        'slip-rises': props.shown.pending?.attempts === 0 && props.shown.pending.state !== 'failed',
        'outline-3 outline-focus/70': props.isFound,
        'opacity-70': message().status === 'discarded',
      }}
    >
      <Show when={isNote()}>
        <p class="flex items-center gap-2 font-display text-small font-semibold text-maiz">
          <Icon of={StickyNote} size={17} />
          {t().slip.note}
        </p>
      </Show>
      <Heading message={message()} />
      <Show when={quotedIn(message())}>
        {(quoted) => (
          <Quoted quoted={quoted()} name={props.chat.contact.name} open={() => quoted().id && props.jumpTo(quoted().id ?? '')} />
        )}
      </Show>
      <SlipBody shown={props.shown} photo={props.photo} />
      <LabelLinks labels={message().labels} class="mt-1 flex-wrap justify-end" />
      <Foot message={message()} />
      <SlipProblem shown={props.shown} />
      <Reactions reactions={message().reactions} />
    </article>
  )
}

/** What is answered to; one that is not in our history as far as the answer itself tells. */
function quotedIn({ replyTo, extra }: Message): Message['replyTo'] {
  const said = extra?.quoted
  return replyTo && replyTo.id === null && said ? { ...replyTo, kind: said.kind, text: said.text ?? null } : replyTo
}

/** What stands over the text: forwarded, an advertisement, the template's name. */
function Heading(props: { message: Message }) {
  const extra = () => props.message.extra
  return (
    <>
      <Show when={extra()?.forwarded}>
        <p class="text-meta text-ink-3 italic">{extra()?.forwardedOften ? t().slip.forwardedOften : t().slip.forwarded}</p>
      </Show>
      <Show when={extra()?.referral}>
        {(referral) => <AdCard referral={referral()} instead={<div class="mb-1.5 h-16 rounded-segment bg-paper" />} />}
      </Show>
      <Show when={props.message.kind === 'template' && extra()?.template}>
        {(template) => <p class="mb-0.5 text-meta font-semibold text-ink-2">{t().slip.template(template().name)}</p>}
      </Show>
    </>
  )
}

/** Who wrote it on our side: a colleague, our own phone, a machine; null for what the customer wrote. */
function authorOf({ direction, author: { kind, name } }: Message): string | null {
  if (direction === 'in') return null
  if (kind === 'phone') return t().slip.phone
  if (kind === 'system') return t().slip.automatic
  return name ?? (kind === 'api' ? t().slip.api : null)
}

/** Whose words these are, for who does not see on which side they stand. */
function whoSaid(message: Message, chat: Chat): string {
  if (message.direction === 'note') return t().slip.note
  return (message.direction === 'in' ? chatName(chat) : authorOf(message)) ?? ''
}

/** Time, who wrote it on our side, and how far it got. */
function Foot(props: { message: Message }) {
  const author = () => authorOf(props.message)
  const isByItself = () => props.message.author.kind === 'bot' || props.message.author.kind === 'system'
  return (
    <p class="mt-0.5 flex flex-wrap items-center justify-end gap-x-1.5 text-meta text-ink-2">
      <Show when={isByItself()}>
        <Icon of={Bot} size={16} class="text-mora" />
      </Show>
      <Show when={props.message.editedAt && !props.message.deletedAt}>
        <span class="italic">{t().slip.edited} ·</span>
      </Show>
      <span>
        <time dateTime={props.message.at}>{clockTime(props.message.at)}</time>
        <Show when={author()}> · {author()}</Show>
      </span>
      <Show when={props.message.status}>{(status) => <Ticks state={status()} label={t().ticks[status()]} />}</Show>
    </p>
  )
}

function Reactions(props: { reactions: Message['reactions'] }) {
  const counted = () => {
    const counts = new Map<string, number>()
    for (const { emoji } of props.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1)
    return [...counts]
  }
  return (
    <Show when={props.reactions.length > 0}>
      <p
        role="img"
        aria-label={t().slip.reactions(props.reactions.map(({ emoji }) => emoji).join(' '))}
        class="mt-0.5 -mb-4 flex w-fit gap-1 rounded-full border border-line bg-surface px-1.5 text-small"
      >
        <For each={counted()}>
          {([emoji, count]) => (
            <span>
              {emoji}
              <Switch>
                <Match when={count > 1}>
                  <span class="nums ml-0.5 text-meta text-ink-2">{count}</span>
                </Match>
              </Switch>
            </span>
          )}
        </For>
      </p>
    </Show>
  )
}
