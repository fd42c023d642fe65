import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Chat, Message } from '#contract/inbox.ts'
import { photoUrl } from '../../../api/media-url.ts'
import { createChatFinder } from '../../../create-chat-finder.ts'
import { minuteNow } from '../../../lib/clock.ts'
import { plainText } from '../../../lib/rich-text.rules.ts'
import { uuidv7 } from '../../../lib/uuid.ts'
import { useDesk } from '../../../live/context.ts'
import { chatName } from '../../../text/chat-name.ts'
import { phoneNumber } from '../../../text/format.ts'
import { handsText } from '../../../text/hands.ts'
import { t } from '../../../text/text.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { say } from '../../../ui/toast.tsx'
import { forwardEntries, loadOf, MOST_CHATS, whyNot, type Load } from './forward.rules.ts'

type ForwardProps = { messages: Message[]; from: string; close: () => void; sent: () => void }

/** To which chats messages go on. Why one cannot take them is said before anything is sent. */
export function ForwardSheet(props: ForwardProps) {
  const { desk, outbox, phase } = useDesk()
  const navigate = useNavigate()
  const [words, setWords] = createSignal('')
  const [chosen, setChosen] = createSignal<readonly string[]>([])
  const found = createChatFinder(words)
  const judged = createMemo(() => props.messages.map(loadOf))
  const loads = createMemo(() => judged().filter((one): one is Load => typeof one === 'object'))
  const notes = () => judged().filter((one) => one === 'note').length
  const others = () => judged().length - loads().length - notes()
  const why = (chat: Chat) => whyNot(loads(), chat, desk.channel(chat.channelId), minuteNow())
  // What was chosen stays in sight, whatever is looked for next; no row moves under the thumb that ticks it.
  const chats = createMemo(() => {
    const listed = found().filter(({ id }) => id !== props.from)
    const before = chosen().flatMap((id) => desk.chat(id) ?? [])
    return [...before.filter((chat) => !listed.some(({ id }) => id === chat.id)), ...listed]
  })
  const targets = () => chosen().filter((id) => chats().some((chat) => chat.id === id && why(chat) === null))

  function toggle(id: string, on: boolean) {
    setChosen((now) => (on ? [...now, id] : now.filter((other) => other !== id)))
  }

  async function send() {
    const stamp = () => ({ id: uuidv7(), at: new Date().toISOString() })
    const ids = targets()
    const entries = ids.flatMap((id) => forwardEntries(loads(), id, desk.me.person, stamp))
    try {
      await Promise.all(entries.map((entry) => outbox.add(entry, null)))
    } catch {
      // The phone's store is full or closed: the sheet stays as it is.
      return say(handsText().forwardTo.failed)
    }
    const [only] = ids
    const open = { name: handsText().forwardTo.open, run: () => navigate(`/chats/${only}`) }
    say(handsText().forwardTo.sent(ids.length), ids.length === 1 ? open : undefined)
    props.sent()
  }

  return (
    <Sheet title={handsText().forwardTo.title(loads().length)} closeLabel={t().app.close} close={props.close}>
      <Show when={loads().length > 0} fallback={<p class="p-5">{handsText().forwardTo.nothing}</p>}>
        <div class="sticky top-0 z-1 flex flex-col gap-2 bg-surface px-5 pt-3 pb-2">
          <ul class="rounded-segment border-l-3 border-anil bg-paper px-2.5 py-1.5 text-meta text-ink-2">
            <For each={loads().slice(0, 3)}>{(load) => <li class="truncate">{shortOf(load)}</li>}</For>
            <Show when={loads().length > 3}>
              <li>+{loads().length - 3}</li>
            </Show>
          </ul>
          <Show when={notes() > 0}>
            <p class="rounded-segment bg-maiz-tint px-3 py-1.5 text-small">{handsText().forwardTo.notes(notes())}</p>
          </Show>
          <Show when={others() > 0}>
            <p class="rounded-segment bg-maiz-tint px-3 py-1.5 text-small">{handsText().forwardTo.stay(others())}</p>
          </Show>
          <Show when={phase() !== 'open'}>
            <p class="text-small text-ink-2">{handsText().forwardTo.offline}</p>
          </Show>
          <input
            type="search"
            class="field"
            aria-label={handsText().forwardTo.search}
            placeholder={handsText().forwardTo.search}
            autocomplete="off"
            value={words()}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
          <p class="text-meta text-ink-2">{handsText().forwardTo.most(MOST_CHATS)}</p>
        </div>
        <ul aria-label={handsText().forwardTo.chats} class="px-2">
          <For each={chats()} fallback={<li class="px-3 py-4 text-ink-2">{handsText().forwardTo.none}</li>}>
            {(chat) => (
              <Target
                chat={chat}
                channel={desk.channel(chat.channelId)?.name ?? null}
                why={why(chat)}
                on={chosen().includes(chat.id)}
                isFull={chosen().length >= MOST_CHATS}
                toggle={(on) => toggle(chat.id, on)}
              />
            )}
          </For>
        </ul>
        <div class="sticky bottom-0 border-t border-line bg-surface px-5 py-3">
          <Button kind="primary" class="w-full" disabled={targets().length === 0} onClick={() => void send()}>
            {handsText().forwardTo.send(targets().length)}
          </Button>
        </div>
      </Show>
    </Sheet>
  )
}

function shortOf({ kind, text, media }: Load): string {
  return [kind === 'text' ? null : (media?.name ?? t().kinds[kind]), text && plainText(text)].filter(Boolean).join(' · ')
}

type TargetProps = {
  chat: Chat
  channel: string | null
  why: ReturnType<typeof whyNot>
  on: boolean
  isFull: boolean
  toggle: (on: boolean) => void
}

function Target(props: TargetProps) {
  const isShut = () => !props.on && (props.why !== null || props.isFull)
  const number = () => props.chat.contact.phone && phoneNumber(props.chat.contact.phone)
  return (
    <li class="border-line [&+&]:border-t">
      <label class="row flex min-h-16 items-center gap-3 rounded-button px-3 py-2" classList={{ 'opacity-70': isShut() }}>
        <Avatar name={chatName(props.chat)} photo={photoUrl(props.chat.contact)} />
        <span class="min-w-0 flex-1">
          <span class="block truncate font-semibold">{chatName(props.chat)}</span>
          <span class="nums block truncate text-small text-ink-2">{[props.channel, number()].filter(Boolean).join(' · ')}</span>
          <Show when={props.why}>
            {(why) => <span class="block text-small text-teja">{handsText().forwardTo.why[why()]}</span>}
          </Show>
        </span>
        <input
          type="checkbox"
          class="size-6 flex-none accent-anil"
          checked={props.on}
          disabled={isShut()}
          onChange={(event) => props.toggle(event.currentTarget.checked)}
        />
      </label>
    </li>
  )
}
