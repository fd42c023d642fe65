import { A, useNavigate } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createMemo, For, Show } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { isDeed } from '../../live/deeds.rules.ts'
import { isOutgoing, type Entry, type Outgoing } from '../../live/outbox.rules.ts'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { outboxText } from '../../text/outbox.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { WaitingActions, waitingReason } from '../../waiting-actions.tsx'
import { DeedLine } from '../../waiting-deeds.tsx'

/** All that this phone has written and the server has not confirmed, chat by chat, in the order in which it goes. */
export default function OutboxScreen() {
  const { outbox } = useDesk()
  const lines = createMemo(() => {
    const found = new Map<string, Entry[]>()
    for (const entry of outbox.entries()) found.set(entry.chatId, [...(found.get(entry.chatId) ?? []), entry])
    return [...found]
  })
  // What somebody else has overtaken is decided one by one.
  const again = () => {
    for (const { id, problem } of outbox.entries()) if (problem?.code !== 'changed_meanwhile') void outbox.retry(id)
  }
  return (
    <PartPage
      title={outboxText().title}
      actions={
        <Show when={lines().length > 0}>
          <Button kind="quiet" class="!text-anil" onClick={again}>
            {outboxText().retryAll}
          </Button>
        </Show>
      }
    >
      <Show when={lines().length > 0} fallback={<Empty title={outboxText().empty} help={outboxText().emptyHelp} />}>
        <p class="pb-3 text-small text-ink-2">{outboxText().help}</p>
        <div class="flex flex-col gap-4">
          <For each={lines()}>{([chatId, entries]) => <Line chatId={chatId} entries={entries} />}</For>
        </div>
      </Show>
    </PartPage>
  )
}

function Line(props: { chatId: string; entries: readonly Entry[] }) {
  const { desk } = useDesk()
  const name = () => {
    const [first] = props.entries
    const contact =
      desk.chat(props.chatId)?.contact ?? (first && isDeed(first) && first.deed.do === 'contact' ? first.deed.was : null)
    return contact?.name ?? contact?.phone ?? outboxText().aChat
  }
  return (
    <section class="overflow-hidden rounded-card border border-line bg-surface" aria-label={name()}>
      <A href={`/chats/${props.chatId}`} class="row flex min-h-12 items-center gap-2 border-b border-line px-4 font-semibold">
        <span class="min-w-0 flex-1 truncate">{name()}</span>
        <Icon of={ChevronRight} size={18} class="text-ink-3" />
      </A>
      <ol>
        <For each={props.entries}>{(entry) => <Waiting entry={entry} />}</For>
      </ol>
    </section>
  )
}

function Waiting(props: { entry: Entry }) {
  return (
    <Show
      when={isOutgoing(props.entry) && props.entry}
      fallback={
        <Show when={isDeed(props.entry) && props.entry}>
          {(deed) => (
            <li class="border-line px-4 py-2.5 [&+&]:border-t">
              <DeedLine entry={deed()} />
            </li>
          )}
        </Show>
      }
    >
      {(entry) => <Written entry={entry()} />}
    </Show>
  )
}

function Written(props: { entry: Outgoing }) {
  const { outbox } = useDesk()
  const navigate = useNavigate()
  const percent = () => Math.round((outbox.progress(props.entry.id) ?? 0) * 100)
  return (
    <li class="border-line px-4 py-2.5 [&+&]:border-t" classList={{ 'bg-maiz-tint': props.entry.what === 'note' }}>
      <p class="clamp-2 break-words">
        {props.entry.text || (props.entry.file?.name ?? props.entry.forward?.media?.name ?? t().kinds[props.entry.kind])}
      </p>
      <Show when={props.entry.text ? props.entry.file : null}>
        {(file) => <p class="text-small text-ink-2">{file().name}</p>}
      </Show>
      <p class="text-meta text-ink-2">
        {[
          props.entry.what === 'note' ? outboxText().note : null,
          t().ticks[props.entry.state],
          percent() > 0 ? t().slip.uploading(percent()) : null,
          dayTime(props.entry.at),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p class="text-small" classList={{ 'text-cochinilla': props.entry.state === 'failed' }}>
        {waitingReason(props.entry)}
      </p>
      <WaitingActions entry={props.entry} edited={() => navigate(`/chats/${props.entry.chatId}`)} />
    </li>
  )
}
