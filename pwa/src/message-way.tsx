import Copy from 'lucide-solid/icons/copy'
import FileDown from 'lucide-solid/icons/file-down'
import { For, Show } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { getTrace, Hop } from '#contract/trace.ts'
import { copyText, saveText } from './lib/copy.ts'
import { preciseTime } from './text/format.ts'
import { t } from './text/text.ts'
import { Button } from './ui/button.tsx'
import { say } from './ui/toast.tsx'
import { traceText } from './trace-text.rules.ts'

type Trace = OutputOf<typeof getTrace>

/** The way of a message, hop by hop with cause and next step; to be copied, or taken away. */
export function MessageWay(props: { trace: Trace }) {
  const text = () =>
    traceText(
      { ...t().trace, title: t().trace.path },
      { id: props.trace.messageId, traceId: props.trace.traceId },
      props.trace.hops,
    )
  return (
    <>
      <Show when={props.trace.hops.length > 0} fallback={<p class="text-ink-3">{t().trace.empty}</p>}>
        <ol class="relative flex flex-col gap-4 pl-6">
          <span aria-hidden="true" class="weave dye-anil absolute top-2 bottom-2 left-[5px] w-[3px] rounded-full opacity-60" />
          <For each={props.trace.hops}>{(hop) => <HopLine hop={hop} />}</For>
        </ol>
      </Show>
      <p class="mt-5 font-mono text-meta break-all text-ink-3 select-all">
        {t().trace.id}: {props.trace.traceId ?? props.trace.messageId}
      </p>
      <div class="mt-3 flex flex-wrap gap-2">
        <Button icon={Copy} onClick={() => void copyText(text()).then((done) => say(done ? t().app.copied : t().app.copyFailed))}>
          {t().trace.copy}
        </Button>
        <Button icon={FileDown} onClick={() => saveText(`traza-${props.trace.messageId}.txt`, text())}>
          {t().trace.export}
        </Button>
      </div>
    </>
  )
}

const DOTS = { info: 'bg-eucalipto', warn: 'bg-maiz', error: 'bg-cochinilla' } as const

/** Where a hop happened, in the reader's word; a place that this version does not know keeps its own. */
function placeName(where: string): string {
  const places: Partial<Record<string, string>> = t().trace.places
  return places[where] ?? where
}

function HopLine(props: { hop: Hop }) {
  return (
    <li class="relative">
      <span
        role="img"
        aria-label={t().trace.levels[props.hop.level]}
        class={`absolute top-1 -left-6 size-[13px] rounded-[4px_4px_4px_1px] border-2 border-surface ${DOTS[props.hop.level]}`}
      />
      <p class="flex flex-wrap items-baseline gap-x-2 text-meta text-ink-3">
        <time dateTime={props.hop.at}>{preciseTime(props.hop.at)}</time>
        <span>{placeName(props.hop.where)}</span>
      </p>
      <p>{props.hop.explanation}</p>
      <Show when={props.hop.code}>
        <p class="text-meta text-ink-2">
          {t().trace.code}: <span class="font-mono">{props.hop.code}</span>
        </p>
      </Show>
      <Show when={props.hop.nextStep}>
        <p class="text-small text-ink-2">{props.hop.nextStep}</p>
      </Show>
    </li>
  )
}
