import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import type { Outgoing } from '../../live/outbox.rules.ts'
import { failureText, problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { WaitingActions, waitingReason } from '../../waiting-actions.tsx'
import type { Shown } from './shown.rules.ts'

/** Why a message did not go, or why nobody knows, and what the person can decide. */
export function SlipProblem(props: { shown: Shown }) {
  const message = () => props.shown.message
  return (
    <Switch>
      <Match when={props.shown.pending?.state === 'failed' && props.shown.pending}>
        {(entry) => <RefusedHere entry={entry()} />}
      </Match>
      <Match when={props.shown.pending?.problem && props.shown.pending}>
        {(entry) => (
          <>
            <p class="mt-1 text-meta text-ink-2">{waitingReason(entry())}</p>
            <WaitingActions entry={entry()} />
          </>
        )}
      </Match>
      <Match when={message().status === 'failed'}>
        <Reason title={`${t().slip.failed} ${t().slip.kept}`} code={message().error?.code ?? ''} tone="cochinilla">
          <Decisions messageId={message().id} again={t().app.retry} />
        </Reason>
      </Match>
      <Match when={message().status === 'unconfirmed'}>
        <div class="mt-1.5 border-t-[1.5px] border-dashed border-maiz pt-1.5">
          <p class="text-small font-semibold text-maiz">{t().slip.unconfirmed}</p>
          <p class="text-small">{t().slip.unconfirmedHelp}</p>
          <Decisions messageId={message().id} again={t().slip.sendAgain} />
        </div>
      </Match>
      <Match when={message().status === 'discarded'}>
        <p class="mt-1 text-meta text-ink-2">{t().slip.discarded}</p>
      </Match>
    </Switch>
  )
}

function Reason(props: { title: string; code: string; tone: 'cochinilla'; children: JSX.Element }) {
  const said = () => failureText(props.code)
  return (
    <div class="mt-1.5 border-t border-cochinilla pt-1.5">
      <p class="text-small font-semibold text-cochinilla">{props.title}</p>
      <Show when={said()}>
        {(words) => (
          <>
            <p class="text-small">{words().cause}</p>
            <p class="text-small text-ink-2">{words().nextStep}</p>
          </>
        )}
      </Show>
      {props.children}
    </div>
  )
}

/** Retry or give up a message that the server holds. Only for those who may. */
function Decisions(props: { messageId: string; again: string }) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal<'retry' | 'discard' | null>(null)

  async function decide(what: 'retry' | 'discard') {
    setBusy(what)
    try {
      const message = await call(what === 'retry' ? api.retryMessage : api.discardMessage, { messageId: props.messageId })
      await desk.apply([{ type: 'message', message }], null)
    } catch (error) {
      const { cause, nextStep } = problemText(problemOf(error).code)
      say(`${cause} ${nextStep}`)
    } finally {
      setBusy(null)
    }
  }

  return (
    <Show when={desk.may('messages.resend')}>
      <div class="-mx-1 mt-1 flex flex-wrap gap-1">
        <Button kind="quiet" class="!text-anil" busy={busy() === 'retry'} onClick={() => void decide('retry')}>
          {props.again}
        </Button>
        <Button kind="quiet" busy={busy() === 'discard'} onClick={() => void decide('discard')}>
          {t().slip.discard}
        </Button>
      </div>
    </Show>
  )
}

/** The server refused it: it is still here, whole. */
function RefusedHere(props: { entry: Outgoing }) {
  const words = () => problemText(props.entry.problem?.code ?? 'internal')
  return (
    <div class="mt-1.5 border-t border-cochinilla pt-1.5">
      <p class="text-small font-semibold text-cochinilla">
        {t().slip.failed} {t().slip.kept}
      </p>
      <p class="text-small">{words().cause}</p>
      <p class="text-small text-ink-2">{words().nextStep}</p>
      <WaitingActions entry={props.entry} />
    </div>
  )
}
