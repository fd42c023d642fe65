import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right'
import CheckCheck from 'lucide-solid/icons/check-check'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Search from 'lucide-solid/icons/search'
import Tag from 'lucide-solid/icons/tag'
import UserRoundCheck from 'lucide-solid/icons/user-round-check'
import { createSignal, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { chatName } from '../../text/chat-name.ts'
import { deskWork } from '../../text/desk-work.ts'
import { handsText } from '../../text/hands.ts'
import { labelsText } from '../../text/labels.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toast.tsx'
import { AssignSheet } from './assign-sheet.tsx'
import { LabelSheet } from './label-sheet.tsx'
import { TransferSheet } from './transfer-sheet.tsx'

/** What can be done with a whole chat, by this person. */
export function ChatMenu(props: { chat: Chat; search: () => void }) {
  const { desk } = useDesk()
  const [open, setOpen] = createSignal<'menu' | 'assign' | 'transfer' | 'labels' | null>(null)
  const isClosed = () => props.chat.state === 'closed'

  async function changed(asked: Promise<{ chat: Chat | null }>, said: string, undo?: () => void) {
    try {
      const { chat } = await asked
      if (chat) await desk.apply([{ type: 'chat', chat }], null)
      say(said, undo && { name: deskWork().undo, run: undo })
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    }
  }

  function settle() {
    void changed(call(api.settleChat, { chatId: props.chat.id }), deskWork().settled)
  }

  function reopen() {
    void changed(call(api.closeChat, { chatId: props.chat.id, state: 'open' }), deskWork().reopened)
  }

  function close() {
    void changed(call(api.closeChat, { chatId: props.chat.id, state: 'closed' }), deskWork().closed, reopen)
  }

  async function label({ id }: Label, on: boolean) {
    const { chat } = await call(api.labelChat, { chatId: props.chat.id, labelId: id, on })
    if (chat) await desk.apply([{ type: 'chat', chat }], null)
  }

  const items = (): MenuItem[] => [
    { name: handsText().search.open, icon: Search, run: () => props.search() },
    ...(desk.may('chats.assign') ? [{ name: deskWork().assign, icon: UserRoundCheck, run: () => setOpen('assign') }] : []),
    ...(desk.may('transfers.request')
      ? [{ name: deskWork().transfer, icon: ArrowLeftRight, run: () => setOpen('transfer') }]
      : []),
    ...(desk.may('labels.use') ? [{ name: t().menu.label, icon: Tag, run: () => setOpen('labels') }] : []),
    ...(desk.may('chats.close') && props.chat.waitingSince !== null
      ? [{ name: deskWork().settle, icon: CheckCheck, run: settle }]
      : []),
    ...(desk.may('chats.close')
      ? [
          isClosed()
            ? { name: deskWork().reopen, icon: ArchiveRestore, run: reopen }
            : { name: deskWork().close, icon: Archive, run: close },
        ]
      : []),
  ]

  return (
    <>
      <IconButton label={deskWork().menu} icon={Ellipsis} onClick={() => setOpen('menu')} />
      <Show when={open() === 'menu'}>
        <Menu
          title={chatName(props.chat)}
          closeLabel={t().app.close}
          items={items()}
          close={() => setOpen((now) => (now === 'menu' ? null : now))}
        />
      </Show>
      <Show when={open() === 'assign'}>
        <AssignSheet chat={props.chat} close={() => setOpen(null)} />
      </Show>
      <Show when={open() === 'labels'}>
        <LabelSheet title={labelsText().ofChat} on={props.chat.labels} set={label} close={() => setOpen(null)} />
      </Show>
      <Show when={open() === 'transfer'}>
        <TransferSheet chat={props.chat} close={() => setOpen(null)} />
      </Show>
    </>
  )
}
