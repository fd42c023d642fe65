import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right'
import CheckCheck from 'lucide-solid/icons/check-check'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Hand from 'lucide-solid/icons/hand'
import Keyboard from 'lucide-solid/icons/keyboard'
import Search from 'lucide-solid/icons/search'
import Tag from 'lucide-solid/icons/tag'
import UserRoundCheck from 'lucide-solid/icons/user-round-check'
import { createSignal, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { onCommands, runCommand } from '../../lib/commands.ts'
import { createMediaQuery, TABLET } from '../../lib/create-media-query.ts'
import { useDesk } from '../../live/context.ts'
import { doDeed, undoDeed } from '../../live/deeds.ts'
import { seenOf } from '../../live/deeds.rules.ts'
import { chatName } from '../../text/chat-name.ts'
import { deskWork } from '../../text/desk-work.ts'
import { handsText } from '../../text/hands.ts'
import { labelsText } from '../../text/labels.ts'
import { t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toast.tsx'
import { AssignSheet } from './assign-sheet.tsx'
import { LabelSheet } from './label-sheet.tsx'
import { TransferSheet } from './transfer-sheet.tsx'

/** What can be done with a whole chat, by this person. */
export function ChatMenu(props: { chat: Chat; search: () => void }) {
  const phone = useDesk()
  const { desk } = phone
  const [open, setOpen] = createSignal<'menu' | 'assign' | 'transfer' | 'labels' | null>(null)
  const isClosed = () => props.chat.state === 'closed'

  async function turn(what: 'close' | 'reopen' | 'settle', said: string) {
    const { id: chatId } = props.chat
    const done = await doDeed(phone, chatId, { do: what, chatId, seen: seenOf(props.chat) })
    const reopen = () => void undoDeed(phone, done, { do: 'reopen', chatId, seen: seenOf(props.chat) })
    say(said, done && what === 'close' ? { name: deskWork().undo, run: reopen } : undefined)
  }

  function take() {
    const { id: chatId } = props.chat
    const { id, name } = desk.me.person
    void doDeed(phone, chatId, { do: 'assign', chatId, to: { id, name }, seen: seenOf(props.chat) })
    say(deskWork().taken)
  }

  async function label({ id, name, color, description }: Label, on: boolean) {
    const { id: chatId } = props.chat
    await doDeed(phone, chatId, { do: 'label', label: { id, name, color, description }, on, chatId, messageId: null })
  }

  onCommands({
    assign: () => void (desk.may('chats.assign') && setOpen('assign')),
    label: () => void (desk.may('labels.use') && setOpen('labels')),
    close() {
      if (!desk.may('chats.close')) return
      void (isClosed() ? turn('reopen', deskWork().reopened) : turn('close', deskWork().closed))
    },
  })
  const hasKeys = createMediaQuery(TABLET)

  const items = (): MenuItem[] => [
    { name: handsText().search.open, icon: Search, run: () => props.search() },
    ...(desk.may('chats.assign') && props.chat.assignee?.id !== desk.me.person.id
      ? [{ name: deskWork().take, icon: Hand, run: take }]
      : []),
    ...(desk.may('chats.assign') ? [{ name: deskWork().assign, icon: UserRoundCheck, run: () => setOpen('assign') }] : []),
    ...(desk.may('transfers.request')
      ? [{ name: deskWork().transfer, icon: ArrowLeftRight, run: () => setOpen('transfer') }]
      : []),
    ...(desk.may('labels.use') ? [{ name: t().menu.label, icon: Tag, run: () => setOpen('labels') }] : []),
    ...(desk.may('chats.close') && props.chat.waitingSince !== null
      ? [{ name: deskWork().settle, icon: CheckCheck, run: () => void turn('settle', deskWork().settled) }]
      : []),
    ...(desk.may('chats.close')
      ? [
          isClosed()
            ? { name: deskWork().reopen, icon: ArchiveRestore, run: () => void turn('reopen', deskWork().reopened) }
            : { name: deskWork().close, icon: Archive, run: () => void turn('close', deskWork().closed) },
        ]
      : []),
    ...(hasKeys() ? [{ name: handsText().keys.title, icon: Keyboard, run: () => void runCommand('help') }] : []),
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
