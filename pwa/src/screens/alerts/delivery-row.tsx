import { Show } from 'solid-js'
import type { AlertDelivery } from '#contract/alerts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/alert-endpoints.ts'
import { alertsText } from '../../text/alerts.ts'
import { dayTime } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'

/** Longer than the other side may take to answer. */
export const POST_MS = 20_000

/** One alert: how it stands, what the other side said, and once more. */
export function DeliveryRow(props: { delivery: AlertDelivery; mayResend: boolean; posted: () => void }) {
  const words = () => alertsText()
  const action = createAction()
  const kind = () => words().kinds[props.delivery.kind]

  async function resend() {
    const { delivery, posted } = props
    await call(api.resendAlert, { deliveryId: delivery.id }, { timeoutMs: POST_MS })
    posted()
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h3 class="min-w-0 flex-1 font-semibold">{kind()}</h3>
        <State state={props.delivery.state} />
      </div>
      <Met delivery={props.delivery} />
      <p class="mt-1 font-mono text-meta break-all text-ink-3 select-all">
        {words().id}: {props.delivery.id}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Show when={props.mayResend && props.delivery.kind !== 'test'}>
        <Button
          class="mt-2"
          busy={action.busy()}
          aria-label={words().resendOf(kind(), dayTime(props.delivery.at))}
          onClick={() => void action.run(resend)}
        >
          {words().resend}
        </Button>
      </Show>
    </li>
  )
}

function State(props: Pick<AlertDelivery, 'state'>) {
  return (
    <span
      class="text-small font-semibold"
      classList={{
        'text-eucalipto': props.state === 'delivered',
        'text-cochinilla': props.state === 'dead',
        'text-ink-2': props.state === 'due',
      }}
    >
      {alertsText().states[props.state]}
    </span>
  )
}

/** What the last try met: when and how long, what to do about it, and the other side's own words. */
function Met(props: { delivery: AlertDelivery }) {
  const words = () => alertsText()
  const facts = () => {
    const { status, tookMs, tries, at } = props.delivery
    const answered = status === null || tookMs === null ? [] : [words().answered(status, tookMs)]
    return [dayTime(at), words().tries(tries), ...answered].join(' · ')
  }
  return (
    <>
      <p class="text-meta text-ink-3">{facts()}</p>
      <Show when={props.delivery.problem}>{(problem) => <p class="mt-1 text-small">{words().problems[problem()]}</p>}</Show>
      <Show when={props.delivery.nextTry}>{(at) => <p class="text-small text-ink-2">{words().nextTry(dayTime(at()))}</p>}</Show>
      <Show when={props.delivery.answer}>
        {(answer) => (
          <p class="mt-1 font-mono text-meta wrap-anywhere text-ink-2">
            {words().answer}: {answer()}
          </p>
        )}
      </Show>
    </>
  )
}

/** What came of a test, beside its button. */
export function Tested(props: { delivery: AlertDelivery }) {
  return (
    <div class="rounded-segment bg-paper px-3 py-2">
      <State state={props.delivery.state} />
      <Met delivery={props.delivery} />
    </div>
  )
}
