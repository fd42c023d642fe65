import Copy from 'lucide-solid/icons/copy'
import FileDown from 'lucide-solid/icons/file-down'
import { createResource, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { getTrace, Hop } from '#contract/trace.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { copyText, saveText } from '../../lib/copy.ts'
import { useDesk } from '../../live/context.ts'
import { exactTime, fileSize, preciseTime } from '../../text/format.ts'
import { failureText, problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorCard } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Ticks } from '../../ui/ticks.tsx'
import { say } from '../../ui/toast.tsx'
import type { Shown } from './shown.rules.ts'
import { traceText } from './trace-text.rules.ts'

type Trace = OutputOf<typeof getTrace>

/** Everything about a message: the facts, and its way with the cause and the next step of each hop. */
export function DetailsSheet(props: { shown: Shown; name: string; close: () => void }) {
  const { desk } = useDesk()
  const message = () => props.shown.message
  const maySee = () => desk.may('trace.read') && !props.shown.pending && message().direction !== 'note'
  // The way grows while it is being looked at: each change of the message reads it again.
  const [trace, { refetch }] = createResource(
    () => maySee() && { messageId: message().id as string, rev: message().rev },
    ({ messageId }) => call(api.getTrace, { messageId }),
  )
  return (
    <Sheet title={t().trace.title} closeLabel={t().app.close} close={props.close}>
      <div class="p-5">
        <Facts shown={props.shown} name={props.name} />
        <Show when={props.shown.pending}>
          <p class="mt-4 text-small text-ink-2">{t().trace.notSentYet}</p>
        </Show>
        <Show when={maySee()}>
          <h3 class="mt-6 mb-3 text-heading font-bold">{t().trace.path}</h3>
          <Switch>
            <Match when={trace.error}>
              <ErrorCard
                title={t().trace.failed}
                help={problemText(problemOf(trace.error).code).cause}
                action={{ name: t().app.retry, run: () => void refetch() }}
              />
            </Match>
            <Match when={trace.latest}>{(found) => <Way trace={found()} />}</Match>
            <Match when={trace.loading}>
              <p role="status" class="skeleton text-ink-3">
                {t().trace.loading}
              </p>
            </Match>
          </Switch>
        </Show>
      </div>
    </Sheet>
  )
}

function Facts(props: { shown: Shown; name: string }) {
  const message = () => props.shown.message
  const failure = () => (message().error ? failureText(message().error?.code ?? '') : null)
  return (
    <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-small">
      <Fact name={t().trace.written}>{exactTime(message().at)}</Fact>
      <Fact name={t().trace.author}>
        {message().direction === 'in' ? props.name : (message().author.name ?? message().author.kind)}
      </Fact>
      <Fact name={t().trace.kind}>{t().kinds[message().kind]}</Fact>
      <Show when={message().status}>
        {(status) => (
          <Fact name={t().trace.state}>
            <span class="inline-flex items-center gap-1.5">
              <Ticks state={status()} label="" />
              {t().ticks[status()]}
            </span>
          </Fact>
        )}
      </Show>
      <Show when={message().media}>
        {(media) => (
          <Fact name={t().trace.file}>{[media().name, media().mime, sizeOf(media().size)].filter(Boolean).join(' · ')}</Fact>
        )}
      </Show>
      <Show when={failure()}>
        {(words) => (
          <>
            <Fact name={t().trace.reason}>{words().cause}</Fact>
            <Fact name={t().trace.next}>{words().nextStep}</Fact>
          </>
        )}
      </Show>
      <Show when={message().error?.providerCode}>{(code) => <Fact name={t().trace.code}>{code()}</Fact>}</Show>
    </dl>
  )
}

/** Of a file which is not here yet nobody knows the size. */
function sizeOf(bytes: number | null): string | null {
  return bytes === null ? null : fileSize(bytes)
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-ink-3">{props.name}</dt>
      <dd class="min-w-0 break-words">{props.children}</dd>
    </>
  )
}

function Way(props: { trace: Trace }) {
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
