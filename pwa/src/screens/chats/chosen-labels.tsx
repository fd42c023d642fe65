import { createMemo, For, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { targetOf, type ChatsWork } from '../../chats-work.ts'
import { useDesk } from '../../live/context.ts'
import { deskWork } from '../../text/desk-work.ts'
import { labelsText } from '../../text/labels.ts'
import { t } from '../../text/text.ts'
import { LabelChip } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** Puts one label on all chosen chats, or takes it off where all have it: those that the role sees, nothing else. */
export function ChosenLabels(props: { chats: readonly Chat[]; work: ChatsWork; close: () => void }) {
  const { labels } = useDesk()
  const marked = (id: string) => props.chats.filter((chat) => chat.labels.some((label) => label.id === id))
  const offered = createMemo(() => labels.items().filter(({ id, archived }) => !archived || marked(id).length > 0))

  return (
    <Sheet title={deskWork().labelTitleMany(props.chats.length)} closeLabel={t().app.close} close={props.close}>
      <Show when={offered().length > 0} fallback={<Empty title={labelsText().none} help={labelsText().noneHelp} />}>
        <ul class="p-2">
          <For each={offered()}>
            {(label) => {
              const count = () => marked(label.id).length
              // What is inactive is only taken off, wherever it stands.
              const isOn = () => count() === props.chats.length || label.archived
              return (
                <li>
                  <button
                    type="button"
                    class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 py-2 text-left"
                    disabled={props.work.busy()}
                    onClick={() => void props.work.label(props.chats.map(targetOf), label, !isOn())}
                  >
                    <span class="min-w-0 flex-1">
                      <LabelChip name={label.name} color={label.color} class="max-w-full" />
                      <span class="block text-meta text-ink-2 empty:hidden">{label.description}</span>
                    </span>
                    <span class="flex flex-none flex-col items-end text-meta">
                      <span class="font-semibold text-anil">{isOn() ? deskWork().takeOff : deskWork().putOn}</span>
                      <span class="text-ink-3">{deskWork().haveIt(count(), props.chats.length)}</span>
                    </span>
                  </button>
                </li>
              )
            }}
          </For>
        </ul>
      </Show>
    </Sheet>
  )
}
