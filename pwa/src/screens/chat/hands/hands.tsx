/** What hands do with the messages of a chat: pull one to answer it, open its menu, choose several, send them on. */
import Reply from 'lucide-solid/icons/reply'
import { createSignal, onMount, Show, Suspense } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { onCommands } from '../../../lib/commands.ts'
import { lazyPart } from '../../../lib/lazy-part.ts'
import { useDesk } from '../../../live/context.ts'
import { isCustomers } from '../../../live/unread.rules.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Talk } from '../create-conversation.ts'
import type { Hands } from '../create-hands.ts'
import { MessageLabels } from '../message-labels.tsx'
import { MessageMenu } from '../message-menu.tsx'
import { answer, isAnswerable } from './answerable.ts'
import { createSwipe } from './create-swipe.ts'
import { PickBar } from './pick-bar.tsx'

const ForwardSheet = lazyPart(async () => ({ default: (await import('./forward-sheet.tsx')).ForwardSheet }))

const EditSheet = lazyPart(async () => ({ default: (await import('./edit-sheet.tsx')).EditSheet }))
const RevokeSheet = lazyPart(async () => ({ default: (await import('./revoke-sheet.tsx')).RevokeSheet }))

type LayerProps = {
  hands: Hands
  chat: Chat
  talk: Talk
  box: HTMLElement
  order: () => string[]
  details: (messageId: string) => void
}

/** Over an open chat. */
export function HandsLayer(props: LayerProps) {
  const running = useDesk()
  const [changing, setChanging] = createSignal<{ id: string; how: 'edit' | 'revoke' }>()
  const [labelled, setLabelled] = createSignal<string>()
  const one = (id: string | null | undefined) => props.talk.one(id ?? undefined)

  // oxlint-disable-next-line solid/reactivity -- the box is the screen itself, which is made anew for each chat
  const sign = createSwipe(props.box, {
    mayAnswer(id) {
      const shown = one(id)
      return !props.hands.picked() && shown !== undefined && isAnswerable(running, props.chat, shown)
    },
    answer(id) {
      const shown = one(id)
      if (shown) answer(running, props.chat, shown)
    },
  })

  onMount(() => (props.box.dataset['hands'] = 'chat'))

  function answerLast() {
    const { chat, talk } = props
    const last = talk.shown().findLast((shown) => isCustomers(shown.message) && isAnswerable(running, chat, shown))
    if (last) answer(running, chat, last)
  }

  onCommands({
    find: () => props.hands.setIsSearching(true),
    answer: answerLast,
  })

  return (
    <>
      <Show when={sign()}>
        {(now) => (
          <span
            aria-hidden="true"
            data-sign={now().isFar ? 'far' : 'near'}
            class="pointer-events-none absolute left-3 z-1 flex size-11 -translate-y-1/2 items-center justify-center rounded-full"
            classList={{ 'bg-anil text-on-anil': now().isFar, 'bg-sunk text-ink-2': !now().isFar }}
            style={{ top: `${now().top}px`, opacity: now().part }}
          >
            <Icon of={Reply} size={22} />
          </span>
        )}
      </Show>
      <Show when={props.hands.picked()}>
        <PickBar hands={props.hands} talk={props.talk} chat={props.chat} box={props.box} order={props.order} />
      </Show>
      {/* What is chosen in the menu happens when it has closed: the message must still be at hand then. */}
      <Show when={props.hands.menu()} keyed>
        {(id) => (
          <Show when={one(id)}>
            {(shown) => (
              <MessageMenu
                shown={shown()}
                chat={props.chat}
                close={() => props.hands.setMenu(null)}
                details={() => props.details(id)}
                label={() => setLabelled(id)}
                forward={() => props.hands.setForwarding([id])}
                pick={() => props.hands.pick(id)}
                edit={() => setChanging({ id, how: 'edit' })}
                revoke={() => setChanging({ id, how: 'revoke' })}
              />
            )}
          </Show>
        )}
      </Show>
      <Show when={one(labelled())}>
        {(shown) => <MessageLabels message={shown().message} close={() => setLabelled(undefined)} />}
      </Show>
      <Show when={one(changing()?.id)}>
        {(shown) => (
          <Suspense>
            <Show
              when={changing()?.how === 'edit'}
              fallback={<RevokeSheet message={shown().message} close={() => setChanging(undefined)} />}
            >
              <EditSheet message={shown().message} close={() => setChanging(undefined)} />
            </Show>
          </Suspense>
        )}
      </Show>
      <Show when={props.hands.forwarding().length > 0}>
        <Suspense>
          <ForwardSheet
            messages={props.hands.forwarding().flatMap((id) => one(id)?.message ?? [])}
            from={props.chat.id}
            close={() => props.hands.setForwarding([])}
            sent={() => {
              props.hands.setForwarding([])
              props.hands.unpick()
            }}
          />
        </Suspense>
      </Show>
    </>
  )
}
