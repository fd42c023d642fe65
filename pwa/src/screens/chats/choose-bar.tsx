import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import CheckCheck from 'lucide-solid/icons/check-check'
import Tag from 'lucide-solid/icons/tag'
import UserRoundCheck from 'lucide-solid/icons/user-round-check'
import type { LucideProps } from 'lucide-solid'
import { createSignal, For, Show, type Component } from 'solid-js'
import { holderOf, targetOf, type ChatsWork } from '../../chats-work.ts'
import { Colleagues } from '../../colleagues.tsx'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { ChosenLabels } from './chosen-labels.tsx'
import type { Choosing } from './create-choosing.ts'

type Action = { name: string; icon: Component<LucideProps>; run: () => void }

/** What can be done with the chosen chats, by this person: under the thumb, below the list. */
export function ChooseBar(props: { choosing: Choosing; work: ChatsWork }) {
  const { desk } = useDesk()
  const [open, setOpen] = createSignal<'assign' | 'labels' | null>(null)
  const chats = () => props.choosing.chats()
  const targets = () => chats().map(targetOf)
  const areClosed = () => chats().length > 0 && chats().every(({ state }) => state === 'closed')

  const actions = (): Action[] => [
    ...(desk.may('chats.assign') && desk.may('transfers.request')
      ? [{ name: deskWork().assign, icon: UserRoundCheck, run: () => setOpen('assign') }]
      : []),
    ...(desk.may('labels.use') ? [{ name: deskWork().labels, icon: Tag, run: () => setOpen('labels') }] : []),
    ...(desk.may('chats.close')
      ? [
          { name: deskWork().settleShort, icon: CheckCheck, run: () => void props.work.settle(targets()) },
          areClosed()
            ? { name: deskWork().reopenShort, icon: ArchiveRestore, run: () => void props.work.turn(targets(), 'open') }
            : { name: deskWork().closeShort, icon: Archive, run: () => void props.work.turn(targets(), 'closed') },
        ]
      : []),
  ]

  return (
    <>
      <div
        role="toolbar"
        aria-label={deskWork().withChosen(chats().length)}
        aria-busy={props.work.busy()}
        class="grid flex-none auto-cols-fr grid-flow-col border-t border-line bg-surface"
      >
        <For each={actions()}>
          {(action) => (
            <button
              type="button"
              class="row flex min-h-15 min-w-0 flex-col items-center justify-center gap-0.5 px-1 text-meta disabled:opacity-50"
              disabled={chats().length === 0 || props.work.busy()}
              onClick={() => action.run()}
            >
              <Icon of={action.icon} size={22} />
              <span class="text-center leading-tight">{action.name}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={open() === 'assign'}>
        <Sheet title={deskWork().assignTitleMany(chats().length)} closeLabel={t().app.close} close={() => setOpen(null)}>
          <p class="px-5 pt-3 text-small text-ink-2">{deskWork().assignHelp}</p>
          <Colleagues
            holder={holderOf(targets())}
            busy={props.work.busy()}
            error={null}
            give={(personId, name) => void props.work.assign(targets(), personId, name)}
          />
        </Sheet>
      </Show>
      <Show when={open() === 'labels'}>
        <ChosenLabels chats={chats()} work={props.work} close={() => setOpen(null)} />
      </Show>
    </>
  )
}
