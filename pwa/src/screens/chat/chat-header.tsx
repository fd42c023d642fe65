import { useLocation } from '@solidjs/router'
import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createSignal, Show, Suspense } from 'solid-js'
import { photoUrl } from '../../api/media-url.ts'
import { InTurn } from '../../lib/in-turn.tsx'
import { lazyPart } from '../../lib/lazy-part.ts'
import type { Channel } from '#contract/channels.ts'
import type { Chat } from '#contract/inbox.ts'
import { ConnectionLine } from '../../connection-line.tsx'
import { LabelLinks } from '../../label-chips.tsx'
import { useDesk } from '../../live/context.ts'
import { chatName } from '../../text/chat-name.ts'
import { loadCardsText } from '../../text/cards.ts'
import { loadConsentsText } from '../../text/consents.ts'
import { loadContactsText } from '../../text/contacts.ts'
import { loadDeskWorkText } from '../../text/desk-work.ts'
import { dayTime, phoneNumber } from '../../text/format.ts'
import { loadHandsText } from '../../text/hands.ts'
import { loadLabelsText } from '../../text/labels.ts'
import { loadOutboxText } from '../../text/outbox.ts'
import { t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SandboxMark } from '../../sandbox-mark.tsx'

/** After the chat itself: nobody closes a chat before having read it. */
const ChatMenu = lazyPart(async () => {
  const [screen] = await Promise.all([import('./chat-menu.tsx'), loadDeskWorkText(), loadLabelsText(), loadHandsText()])
  return { default: screen.ChatMenu }
})

/** And the contact behind it. */
const ContactSheet = lazyPart(async () => {
  const [screen] = await Promise.all([import('../../contact/contact-sheet.tsx'), loadContactsText(), loadConsentsText()])
  return { default: screen.ContactSheet }
})

/** Whether the customer types, where the number can tell. */
const TypingLine = lazyPart(async () => {
  const [part] = await Promise.all([import('./typing-line.tsx'), loadCardsText()])
  return { default: part.TypingLine }
})

/** What was decided in this chat and is not done yet. */
const WaitingDeeds = lazyPart(async () => {
  const [part] = await Promise.all([import('../../waiting-deeds.tsx'), loadOutboxText()])
  return { default: part.WaitingDeeds }
})

/** Who this is, on which number, and how that number does. */
export function ChatHeader(props: { chat: Chat; search: () => void }) {
  const { desk, outbox } = useDesk()
  const location = useLocation()
  const channel = () => desk.channel(props.chat.channelId)
  const [isOpen, setIsOpen] = createSignal(false)
  const name = () => chatName(props.chat)
  return (
    <header class="flex-none border-b border-line bg-surface pt-[env(safe-area-inset-top)]">
      <div class="flex min-h-15 items-center py-1 short:min-h-11 short:py-0 gap-2.5 pr-2 pl-1.5 tablet:pl-5.5">
        <a href={`/chats${location.search}`} class="icon-button tablet:!hidden" aria-label={t().app.back} title={t().app.back}>
          <Icon of={ArrowLeft} size={22} />
        </a>
        <Avatar name={name()} photo={photoUrl(props.chat.contact)} size={42} />
        <div class="min-w-0 flex-1">
          <h1 class="flex text-heading font-semibold tracking-[-0.01em]">
            <Show when={desk.may('contacts.read')} fallback={<span class="truncate">{name()}</span>}>
              {/* Reaches over the line below it: a finger finds all of it. */}
              <button
                type="button"
                class="relative z-1 min-w-0 text-left after:absolute after:inset-x-0 after:-inset-y-3"
                aria-haspopup="dialog"
                onClick={() => setIsOpen(true)}
              >
                <span class="block truncate">{name()}</span>
              </button>
            </Show>
          </h1>
          <div class="relative">
            <p class="flex items-center gap-1.5 truncate text-meta text-ink-2">
              <Show when={channel()}>{(now) => <ChannelDot channel={now()} />}</Show>
              <Show when={channel()?.sandbox}>
                <SandboxMark />
              </Show>
              <span class="nums truncate">
                {[channel()?.name, props.chat.contact.phone && phoneNumber(props.chat.contact.phone), props.chat.assignee?.name]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            <Show when={channel()?.kind === 'session' && channel()?.state === 'active'}>
              <Suspense>
                <TypingLine chatId={props.chat.id} />
              </Suspense>
            </Show>
          </div>
        </div>
        <Suspense>
          <InTurn isLast fallback={<span class="w-11 flex-none" />}>
            <ChatMenu chat={props.chat} search={() => props.search()} />
          </InTurn>
          <Show when={isOpen()}>
            <ContactSheet contactId={props.chat.contact.id} isInChat close={() => setIsOpen(false)} />
          </Show>
        </Suspense>
      </div>
      <LabelLinks labels={props.chat.labels} class="-mt-1.5 overflow-x-auto px-4 py-2 tablet:px-5.5" />
      <Show when={props.chat.consent}>
        {(said) => (
          <p role="status" class="bg-cochinilla-tint px-4 py-1.5 text-center text-meta">
            {said().out === 'all' ? t().chat.optedOut(dayTime(said().at)) : t().chat.noMarketing}
          </p>
        )}
      </Show>
      <Show when={channelWarning(channel())}>
        {(words) => (
          <p role="status" class="bg-maiz-tint px-4 py-1.5 text-center text-meta">
            {words()}
          </p>
        )}
      </Show>
      <Show when={outbox.entries().some(({ what }) => what === 'deed')}>
        <Suspense>
          <WaitingDeeds chatId={props.chat.id} contactId={props.chat.contact.id} />
        </Suspense>
      </Show>
      <ConnectionLine />
    </header>
  )
}

function ChannelDot(props: { channel: Channel }) {
  const state = () => {
    if (props.channel.state === 'archived') return { name: t().chat.stateArchived, colour: 'bg-edge' }
    if (props.channel.state === 'attention') return { name: t().chat.stateAttention, colour: 'bg-cochinilla' }
    return props.channel.sendingPaused
      ? { name: t().chat.statePaused, colour: 'bg-maiz' }
      : { name: t().chat.stateActive, colour: 'bg-eucalipto' }
  }
  return (
    <span role="img" aria-label={state().name} title={state().name} class={`size-2 flex-none rounded-[3px] ${state().colour}`} />
  )
}

function channelWarning(channel: Channel | undefined): string | null {
  if (channel?.state === 'archived') return t().chat.channelArchived
  if (channel?.state === 'attention') return t().chat.channelAttention
  return channel?.sendingPaused ? t().chat.channelPaused : null
}
