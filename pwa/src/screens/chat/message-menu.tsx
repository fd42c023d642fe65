import Copy from 'lucide-solid/icons/copy'
import Forward from 'lucide-solid/icons/forward'
import Info from 'lucide-solid/icons/info'
import ListChecks from 'lucide-solid/icons/list-checks'
import Pencil from 'lucide-solid/icons/pencil'
import Tag from 'lucide-solid/icons/tag'
import Reply from 'lucide-solid/icons/reply'
import Trash from 'lucide-solid/icons/trash'
import { For, Show } from 'solid-js'
import { EDIT_MS, REVOKE_MS } from '#contract/change-limits.ts'
import type { Chat } from '#contract/inbox.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { serverNow } from '../../lib/server-time.ts'
import { copyText } from '../../lib/copy.ts'
import { useDesk } from '../../live/context.ts'
import { exactTime } from '../../text/format.ts'
import { handsText } from '../../text/hands.ts'
import { problemText, t } from '../../text/text.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toast.tsx'
import { answer, isAnswerable } from './hands/answerable.ts'
import { loadOf } from './hands/forward.rules.ts'
import type { Shown } from './shown.rules.ts'

/** The six that people use; others come from the system's keyboard in the conversation itself. */
const EMOJI = ['👍', '❤️', '😂', '😮', '🙏', '✅']

/** What can be done with a message on this channel by this person. */
export function MessageMenu(props: {
  shown: Shown
  chat: Chat
  close: () => void
  details: () => void
  label: () => void
  forward: () => void
  pick: () => void
  edit: () => void
  revoke: () => void
}) {
  const running = useDesk()
  const { desk } = running
  const message = () => props.shown.message
  const can = (capability: 'reaction' | 'edit' | 'delete') =>
    desk.channel(props.chat.channelId)?.capabilities.includes(capability) === true
  const maySend = () => desk.may('messages.send')
  const isAtServer = () => props.shown.pending === null && message().deletedAt === null
  /** Written by one of us, and at the customer by now. */
  const isOurs = () =>
    isAtServer() &&
    maySend() &&
    message().direction === 'out' &&
    ['sent', 'delivered', 'read', 'played'].includes(message().status ?? '')
  const isYoung = (ms: number) => serverNow() - Date.parse(message().at) < ms
  const mine = () => message().reactions.find((reaction) => reaction.by === desk.me.person.id)?.emoji

  const items = (): MenuItem[] => [
    ...(isAnswerable(running, props.chat, props.shown)
      ? [{ name: t().menu.reply, icon: Reply, run: () => answer(running, props.chat, props.shown) }]
      : []),
    ...(message().text ? [{ name: t().menu.copy, icon: Copy, run: () => void copy() }] : []),
    ...(isAtServer() && maySend() && typeof loadOf(message()) === 'object'
      ? [{ name: handsText().forward, icon: Forward, run: () => props.forward() }]
      : []),
    { name: handsText().pick, icon: ListChecks, run: () => props.pick() },
    ...(isAtServer() && desk.may('labels.use') ? [{ name: t().menu.label, icon: Tag, run: () => props.label() }] : []),
    ...(isOurs() && can('edit') && message().kind === 'text' && isYoung(EDIT_MS)
      ? [{ name: handsText().edit, icon: Pencil, run: () => props.edit() }]
      : []),
    { name: t().menu.details, icon: Info, run: () => props.details() },
    ...(isOurs() && can('delete') && isYoung(REVOKE_MS)
      ? [{ name: handsText().revoke, icon: Trash, danger: true, run: () => props.revoke() }]
      : []),
  ]

  async function copy() {
    say((await copyText(message().text ?? '')) ? t().app.copied : t().app.copyFailed)
  }

  async function react(emoji: string) {
    props.close()
    try {
      const changed = await call(api.reactToMessage, { messageId: message().id, emoji: mine() === emoji ? null : emoji })
      await desk.apply([{ type: 'message', message: changed }], null)
    } catch (error) {
      const { cause, nextStep } = problemText(problemOf(error).code)
      say(`${cause} ${nextStep}`)
    }
  }

  return (
    <Menu
      title={exactTime(message().at)}
      closeLabel={t().app.close}
      items={items()}
      close={props.close}
      head={
        <Show when={isAtServer() && maySend() && can('reaction') && message().direction !== 'note'}>
          <div role="group" aria-label={t().menu.react} class="flex justify-around px-3 pt-3">
            <For each={EMOJI}>
              {(emoji) => (
                <button
                  type="button"
                  class="flex size-12 items-center justify-center rounded-button text-[1.5rem]"
                  classList={{ 'bg-anil-tint': mine() === emoji }}
                  aria-pressed={mine() === emoji}
                  aria-label={mine() === emoji ? t().menu.removeReaction : t().menu.reactWith(emoji)}
                  onClick={() => void react(emoji)}
                >
                  {emoji}
                </button>
              )}
            </For>
          </div>
        </Show>
      }
    />
  )
}
