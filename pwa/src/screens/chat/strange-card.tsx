/** What few messages are: a poll, an event, words with buttons, a link and what stands behind it. */
import CalendarDays from 'lucide-solid/icons/calendar-days'
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import EyeOff from 'lucide-solid/icons/eye-off'
import ListTodo from 'lucide-solid/icons/list-todo'
import Package from 'lucide-solid/icons/package'
import Smartphone from 'lucide-solid/icons/smartphone'
import Sticker from 'lucide-solid/icons/sticker'
import Users from 'lucide-solid/icons/users'
import Wallet from 'lucide-solid/icons/wallet'
import type { LucideProps } from 'lucide-solid'
import { For, Show, type Component } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { cardsText } from '../../text/cards.ts'
import { dayTime } from '../../text/format.ts'
import { Icon } from '../../ui/icon.tsx'

const ICONS: Readonly<Record<string, Component<LucideProps>>> = {
  poll: ListTodo,
  event: CalendarDays,
  event_canceled: CalendarDays,
  group_invite: Users,
  channel_invite: Users,
  view_once: EyeOff,
  waiting_for_phone: Smartphone,
  product: Package,
  payment: Wallet,
  sticker_pack: Sticker,
}

/** A message that cannot be answered in kind, with all that it says; or what hangs on one that can. */
export function Strange(props: { message: Message }) {
  const extra = () => props.message.extra
  const name = () => (props.message.kind === 'unsupported' ? (extra()?.unsupported ?? 'unknown') : null)
  return (
    <div class="flex flex-col gap-1.5">
      <Show when={name()}>
        {(kind) => (
          <>
            <Show when={props.message.text}>{(text) => <p class="font-semibold whitespace-pre-wrap">{text()}</p>}</Show>
            <Lines card={extra()?.card} />
            <What kind={kind()} />
          </>
        )}
      </Show>
      <Show when={name() === null}>
        <Lines card={extra()?.card} />
        <Show when={extra()?.preview}>
          {(preview) => (
            <div class="mt-1 rounded-segment border-l-3 border-edge bg-paper px-2.5 py-1.5 text-meta">
              <p class="clamp-2 font-semibold">{preview().title}</p>
              <p class="clamp-2 text-ink-2 empty:hidden">{preview().description}</p>
            </div>
          )}
        </Show>
      </Show>
    </div>
  )
}

function Lines(props: { card: NonNullable<Message['extra']>['card'] }) {
  return (
    <Show when={props.card}>
      {(card) => (
        <>
          <Show when={card().at}>
            {(at) => <p class="nums text-small text-ink-2">{dayTime(new Date(at()).toISOString())}</p>}
          </Show>
          <ul class="flex flex-col gap-1 empty:hidden">
            <For each={card().lines}>{(line) => <li class="rounded-chip bg-paper px-2.5 py-1.5 text-small">{line}</li>}</For>
          </ul>
        </>
      )}
    </Show>
  )
}

/** What it is, and where it can be answered; one that nobody knows yet by its own name. */
function What(props: { kind: string }) {
  const words = () => cardsText().strange[props.kind]
  return (
    <p class="flex gap-2 text-small text-ink-2">
      <Icon of={ICONS[props.kind] ?? CircleQuestionMark} size={18} class="mt-0.5 flex-none text-ink-3" />
      <span class="min-w-0">
        {words() ?? cardsText().unknown}
        <Show when={words() === undefined}>
          <span class="block text-meta wrap-anywhere">{cardsText().kind(props.kind)}</span>
        </Show>
      </span>
    </p>
  )
}
