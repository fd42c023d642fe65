import { Match, Show, Switch, type JSX } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { createRead } from '../../lib/create-read.ts'
import { useDesk } from '../../live/context.ts'
import { exactTime, fileSize } from '../../text/format.ts'
import { failureText, problemText, t } from '../../text/text.ts'
import { ErrorCard } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Ticks } from '../../ui/ticks.tsx'
import { MessageWay } from '../../message-way.tsx'
import type { Shown } from './shown.rules.ts'

/** Everything about a message: the facts, and its way with the cause and the next step of each hop. */
export function DetailsSheet(props: { shown: Shown; name: string; close: () => void }) {
  const { desk } = useDesk()
  const message = () => props.shown.message
  const maySee = () => desk.may('trace.read') && !props.shown.pending && message().direction !== 'note'
  // The way grows while it is being looked at: each change of the message reads it again.
  const [trace, { refetch }] = createRead(
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
        <Show when={trace.error ? null : trace.latest?.cost}>{(cost) => <p class="mt-4 text-small">{cost()}</p>}</Show>
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
            <Match when={trace.latest}>{(found) => <MessageWay trace={found()} />}</Match>
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
