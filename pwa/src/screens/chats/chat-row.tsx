import { useLocation } from '@solidjs/router'
import Check from 'lucide-solid/icons/check'
import FileText from 'lucide-solid/icons/file-text'
import Image from 'lucide-solid/icons/image'
import LayoutTemplate from 'lucide-solid/icons/layout-template'
import MapPin from 'lucide-solid/icons/map-pin'
import Mic from 'lucide-solid/icons/mic'
import ShoppingCart from 'lucide-solid/icons/shopping-cart'
import Sticker from 'lucide-solid/icons/sticker'
import UserRound from 'lucide-solid/icons/user-round'
import Video from 'lucide-solid/icons/video'
import Volume2 from 'lucide-solid/icons/volume-2'
import type { LucideProps } from 'lucide-solid'
import { createMemo, Show, type Component } from 'solid-js'
import type { Chat, Message } from '#contract/inbox.ts'
import { photoUrl } from '../../api/media-url.ts'
import { RowLabels } from '../../label-chips.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { plainWords } from '../../lib/plain.rules.ts'
import { plainText } from '../../lib/rich-text.rules.ts'
import { waitOf } from '../../lib/wait.rules.ts'
import { useDesk } from '../../live/context.ts'
import { isEmpty, type Draft } from '../../live/draft.rules.ts'
import type { Entry, Outgoing } from '../../live/outbox.rules.ts'
import { chatName } from '../../text/chat-name.ts'
import { ago, shortWhen } from '../../text/format.ts'
import { t } from '../../text/first.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Ticks } from '../../ui/ticks.tsx'
import { Thread } from '../../ui/weave.tsx'
import type { Choosing } from './create-choosing.ts'
import { filtersOf, queryOf } from './filters.rules.ts'

const KIND_ICONS: Partial<Record<Message['kind'], Component<LucideProps>>> = {
  image: Image,
  document: FileText,
  audio: Volume2,
  voice: Mic,
  video: Video,
  sticker: Sticker,
  location: MapPin,
  contacts: UserRound,
  order: ShoppingCart,
  template: LayoutTemplate,
}
const LABELS_SHOWN = 2

/** A conversation in the list: its thread, who, the last word, labels, channel and agent, when, and how many wait. */
export function ChatRow(props: {
  chat: Chat
  isOpen: boolean
  words: string
  /** Null: this person does nothing to several chats. */
  choosing: Choosing | null
  /** The rows as they stand, for a shift-click. */
  order: () => readonly string[]
}) {
  const { desk } = useDesk()
  const location = useLocation()
  // A chat opens beside the list that it was chosen from.
  const filters = () => queryOf(filtersOf(location.search))
  const name = () => chatName(props.chat)
  const since = () => (props.chat.waitingSince ? Date.parse(props.chat.waitingSince) : null)
  const wait = createMemo(() => waitOf(since(), props.chat.state === 'closed', minuteNow()))
  const dye = () => {
    const { stage } = wait()
    return stage === 'none' ? null : stage
  }
  const when = () => {
    const { waitingSince, lastMessage } = props.chat
    if (waitingSince) return ago(waitingSince, minuteNow())
    return lastMessage ? shortWhen(lastMessage.at, minuteNow()) : ''
  }
  const agent = () => props.chat.assignee?.name ?? t().chats.noOne
  const channel = () => desk.channel(props.chat.channelId)?.name
  const isChoosing = () => props.choosing?.isOn() === true
  const isChosen = () => props.choosing?.has(props.chat.id) === true

  /** While one chooses, a row is a box to tick; a click with shift begins it, or reaches from the row before. */
  function touch(event: MouseEvent | KeyboardEvent) {
    const { choosing, chat } = props
    if (!choosing || (!choosing.isOn() && !event.shiftKey)) return
    event.preventDefault()
    if (!choosing.isOn()) choosing.begin(chat.id)
    else if (event.shiftKey) choosing.reach(props.order(), chat.id)
    else choosing.toggle(chat.id)
  }

  // One element in both states: a thumb that holds it begins the choice, and must not lose what it holds. The router takes
  // plain links too; its own would work out for every row, at every change of the address, whether it is the one that is open.
  return (
    <a
      href={`/chats/${props.chat.id}${filters() && `?${filters()}`}`}
      data-chat={props.chat.id}
      role={isChoosing() ? 'checkbox' : undefined}
      aria-checked={isChoosing() ? isChosen() : undefined}
      aria-current={props.isOpen ? 'page' : undefined}
      class="row relative flex min-h-[5.9rem] gap-3 pt-3 pl-[22px] select-none [-webkit-touch-callout:none]"
      classList={{
        'bg-surface': props.isOpen && !isChosen(),
        'bg-sunk': isChosen(),
        '[&>*]:pointer-events-none': isChoosing(),
      }}
      onClick={touch}
      onKeyDown={(event) => event.key === ' ' && isChoosing() && touch(event)}
    >
      <Thread dye={dye()} length={wait().length} />
      <Avatar name={name()} photo={photoUrl(props.chat.contact)} />
      <Show when={isChoosing()}>
        <Tick on={isChosen()} />
      </Show>
      <div class="mr-4 flex min-w-0 flex-1 flex-col border-b border-line pb-2.5">
        <div class="flex flex-wrap items-baseline gap-x-2">
          <span class="min-w-0 flex-1 basis-[6.5rem] truncate font-semibold">
            <Marked text={name()} words={props.words} />
          </span>
          <time
            class="flex-none text-meta"
            classList={{ 'font-bold text-cochinilla': wait().stage === 'late', 'text-ink-3': wait().stage !== 'late' }}
            dateTime={props.chat.waitingSince ?? props.chat.lastMessage?.at}
          >
            {when()}
          </time>
        </div>
        <div class="flex items-center gap-2">
          <Preview chat={props.chat} />
          <Show when={props.chat.unanswered > 0}>
            <Badge count={props.chat.unanswered} label={t().chats.unanswered(props.chat.unanswered)} />
          </Show>
        </div>
        <div class="mt-1 flex min-w-0 items-center gap-2 text-meta text-ink-3">
          <RowLabels labels={props.chat.labels} most={LABELS_SHOWN} />
          <span class="min-w-0 flex-1 truncate">{[agent(), channel()].filter(Boolean).join(' · ')}</span>
        </div>
      </div>
    </a>
  )
}

/** The box of a row, over its picture: nothing moves when it comes. */
function Tick(props: { on: boolean }) {
  return (
    <Show
      when={props.on}
      fallback={
        <span aria-hidden="true" class="absolute top-[44px] left-[54px] size-6 rounded-[8px] border-2 border-edge bg-paper" />
      }
    >
      <span
        aria-hidden="true"
        class="absolute top-3 left-[22px] flex size-12 items-center justify-center rounded-button bg-anil text-on-anil"
      >
        <Icon of={Check} size={26} />
      </span>
    </Show>
  )
}

/** The last word: what is still being written, what has not left yet, else the newest message. */
function Preview(props: { chat: Chat }) {
  const { drafts, outbox } = useDesk()
  const draft = () => drafts.of(props.chat.id)
  const isMine = (entry: Entry): entry is Outgoing => entry.chatId === props.chat.id && entry.what === 'message'
  const unsent = () => outbox.entries().findLast(isMine)
  const last = () => {
    const waiting = unsent()
    if (waiting) return { kind: waiting.kind, text: waiting.text, status: waiting.state }
    const { lastMessage } = props.chat
    return (
      lastMessage && {
        kind: lastMessage.kind,
        text: lastMessage.text,
        status: lastMessage.direction === 'out' ? lastMessage.status : null,
      }
    )
  }
  return (
    <span class="flex min-w-0 flex-1 items-center gap-1.5 text-small text-ink-2">
      <Show when={isEmpty(draft())} fallback={<DraftWords text={draftWords(draft())} />}>
        <Show when={last()}>
          {(message) => (
            <>
              <Show when={message().status}>{(status) => <Ticks state={status()} label={t().ticks[status()]} />}</Show>
              <Show when={KIND_ICONS[message().kind]}>{(icon) => <Icon of={icon()} size={17} class="text-ink-3" />}</Show>
              <span class="truncate">{plainText(message().text ?? '') || t().kinds[message().kind]}</span>
            </>
          )}
        </Show>
      </Show>
    </span>
  )
}

/** What was written, else what was recorded or attached. */
function draftWords({ mode, note, text, voice, files }: Draft): string {
  const written = mode === 'note' ? note : text
  if (written.trim() !== '') return written
  if (voice) return t().kinds.voice
  return files[0] ? t().kinds[files[0].kind] : note
}

function DraftWords(props: { text: string }) {
  return (
    <>
      <span class="flex-none font-semibold text-cochinilla">{t().chats.draft}</span>
      <span class="truncate">{props.text}</span>
    </>
  )
}

/** The part of a name that was searched for, marked. */
function Marked(props: { text: string; words: string }) {
  const found = () => {
    const words = plainWords(props.words.trim())
    const at = words ? plainWords(props.text).indexOf(words) : -1
    // Accents that take two characters when taken apart would shift the place: then nothing is marked.
    if (at < 0 || plainWords(props.text).length !== props.text.length) return null
    return [props.text.slice(0, at), props.text.slice(at, at + words.length), props.text.slice(at + words.length)] as const
  }
  return (
    <Show when={found()} fallback={props.text}>
      {(parts) => (
        <>
          {parts()[0]}
          <mark class="rounded-[3px] bg-maiz-tint text-ink">{parts()[1]}</mark>
          {parts()[2]}
        </>
      )}
    </Show>
  )
}
