import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { QuickReply } from '#contract/quick-replies.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { quickText } from '../../text/quick.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { byFolder } from './folders.rules.ts'
import { ReplySheet } from './reply-sheet.tsx'

/** The texts that everybody answers with: by folder, archived ones last. */
export default function QuickRepliesScreen() {
  const { quickReplies } = useDesk()
  const list = createAsked(async () => (await call(api.listQuickReplies, { all: 'true' })).items)
  const [open, setOpen] = createSignal<QuickReply | 'new' | null>(null)
  const folders = createMemo(() => byFolder(list.items() ?? []))
  const names = () => folders().flatMap(({ folder }) => (folder ? [folder] : []))
  const edited = () => {
    const now = open()
    return now === 'new' ? null : now
  }

  function changed(reply: QuickReply) {
    const items = list.items() ?? []
    const isKnown = items.some(({ id }) => id === reply.id)
    list.put(isKnown ? items.map((old) => (old.id === reply.id ? reply : old)) : [...items, reply])
    void quickReplies.refresh()
  }

  const add = () => (
    <Button kind="quiet" class="!text-anil" icon={Plus} disabled={list.isStale()} onClick={() => setOpen('new')}>
      {quickText().add}
    </Button>
  )
  return (
    <PartPage title={t().quick.title} actions={add()}>
      <LoadProblem of={list} title={quickText().loadFailed} />
      <Show when={list.items()?.length === 0}>
        <Empty title={t().quick.empty} help={quickText().emptyHelp} />
      </Show>
      <For each={folders()}>
        {({ folder, isArchive, items }) => (
          <section class="mb-5">
            <h2 class="mb-1 text-small font-semibold text-ink-2">
              {isArchive ? quickText().archived : folder || t().quick.noFolder}
            </h2>
            <ul class="overflow-hidden rounded-card border border-line bg-surface">
              <For each={items}>{(reply) => <Row reply={reply} open={() => setOpen(reply)} />}</For>
            </ul>
          </section>
        )}
      </For>
      <Show when={open() !== null}>
        <ReplySheet reply={edited()} folders={names()} isStale={list.isStale()} changed={changed} close={() => setOpen(null)} />
      </Show>
    </PartPage>
  )
}

function Row(props: { reply: QuickReply; open: () => void }) {
  const scope = () => {
    const { roles, departments, channels } = props.reply
    return quickText().scope(roles.length, departments.length, channels.length)
  }
  return (
    <li class="border-line [&+&]:border-t">
      <button
        type="button"
        class="row flex min-h-16 w-full flex-col justify-center px-4 py-2 text-left"
        onClick={() => props.open()}
      >
        <span class="flex w-full items-baseline gap-2">
          <span class="truncate font-semibold">{props.reply.name}</span>
          <span class="flex-none text-meta text-anil">/{props.reply.shortcut}</span>
        </span>
        <span class="clamp-2 text-small text-ink-2">{props.reply.text || props.reply.media?.name}</span>
        <span class="text-meta text-ink-3">{scope()}</span>
      </button>
    </li>
  )
}
