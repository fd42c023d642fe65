import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { listLog } from '#contract/trace.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { exactTime } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { createPages } from '../../api/create-pages.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'

type Entry = OutputOf<typeof listLog>['items'][number]
type Filter = { level: string; channel: string; trace: string }

const LEVELS = ['info', 'warn', 'error'] as const
const STYLES = {
  info: 'bg-eucalipto-tint text-eucalipto',
  warn: 'bg-maiz-tint text-maiz',
  error: 'bg-cochinilla-tint text-cochinilla',
} as const

/** Everything that happened, newest first, with its cause and the next step. */
export default function LogScreen() {
  const { desk } = useDesk()
  const [filter, setFilter] = createSignal<Filter>({ level: '', channel: '', trace: '' })
  const pages = createPages(filter, ({ level, channel, trace }, cursor) => {
    const wanted = LEVELS.find((name) => name === level)
    return call(api.listLog, {
      ...(wanted ? { level: wanted } : {}),
      ...(channel ? { channel } : {}),
      ...(trace ? { trace } : {}),
      ...(cursor ? { cursor } : {}),
    })
  })
  const change = (more: Partial<Filter>) => setFilter({ ...filter(), ...more })

  return (
    <PartPage title={t().log.title}>
      <div class="grid gap-3 tablet:grid-cols-3">
        <Choice label={t().log.level} onChange={(event) => change({ level: event.currentTarget.value })}>
          <option value="">{t().log.allLevels}</option>
          <For each={LEVELS}>{(level) => <option value={level}>{t().trace.levels[level]}</option>}</For>
        </Choice>
        <Choice label={t().log.channel} onChange={(event) => change({ channel: event.currentTarget.value })}>
          <option value="">{t().log.allChannels}</option>
          <For each={desk.channels()}>{(channel) => <option value={channel.id}>{channel.name}</option>}</For>
        </Choice>
        <Field
          label={t().log.trace}
          maxlength={64}
          autocomplete="off"
          onChange={(event) => change({ trace: event.currentTarget.value.trim() })}
        />
      </div>
      <LoadProblem of={pages} title={t().log.loadFailed} />
      <ol class="mt-4 grid gap-2">
        <For each={pages.items()}>{(entry) => <LogLine entry={entry} />}</For>
      </ol>
      <Show when={pages.items().length === 0 && !pages.loading() && !pages.problem()}>
        <Empty title={t().log.empty} />
      </Show>
      <Show when={pages.next()}>
        <Button class="mt-4 w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {t().log.more}
        </Button>
      </Show>
    </PartPage>
  )
}

function LogLine(props: { entry: Entry }) {
  const { desk } = useDesk()
  const channel = () => desk.channel(props.entry.channelId ?? '')?.name
  const href = () =>
    props.entry.chatId &&
    (props.entry.messageId ? `/chats/${props.entry.chatId}?message=${props.entry.messageId}` : `/chats/${props.entry.chatId}`)
  return (
    <li class="fold-bl rounded-slip border border-line bg-surface px-4 py-3">
      <p class="flex flex-wrap items-center gap-x-2 gap-y-1 text-meta text-ink-3">
        <span class={`rounded-chip px-2 py-px font-semibold ${STYLES[props.entry.level]}`}>
          {t().trace.levels[props.entry.level]}
        </span>
        <time dateTime={props.entry.at}>{exactTime(props.entry.at)}</time>
        <span>{[channel(), props.entry.what].filter(Boolean).join(' · ')}</span>
      </p>
      <p class="mt-1">{props.entry.explanation}</p>
      <Show when={props.entry.nextStep}>
        <p class="text-small text-ink-2">{props.entry.nextStep}</p>
      </Show>
      <p class="mt-1 flex flex-wrap items-center gap-x-3 text-meta text-ink-3">
        <Show when={props.entry.code}>
          <span>
            {t().trace.code}: <span class="font-mono">{props.entry.code}</span>
          </span>
        </Show>
        <Show when={props.entry.traceId}>
          <span class="font-mono break-all select-all">{props.entry.traceId}</span>
        </Show>
        <Show when={href()}>
          {(address) => (
            <A href={address()} class="inline-flex min-h-11 items-center font-semibold text-anil">
              {t().log.openMessage}
            </A>
          )}
        </Show>
      </p>
    </li>
  )
}
