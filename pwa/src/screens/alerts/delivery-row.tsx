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
  const met = () => {
    const { status, tookMs, tries } = props.delivery
    const answered = status === null || tookMs === null ? [] : [words().answered(status, tookMs)]
    return [dayTime(props.delivery.at), words().tries(tries), ...answered].join(' · ')
  }

  async function resend() {
    const { delivery, posted } = props
    await call(api.resendAlert, { deliveryId: delivery.id }, { timeoutMs: POST_MS })
    posted()
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h3 class="min-w-0 flex-1 font-semibold">{kind()}</h3>
        <span
          class="text-small font-semibold"
          classList={{
            'text-eucalipto': props.delivery.state === 'delivered',
            'text-cochinilla': props.delivery.state === 'dead',
            'text-ink-2': props.delivery.state === 'due',
          }}
        >
          {words().states[props.delivery.state]}
        </span>
      </div>
      <p class="text-meta text-ink-3">{met()}</p>
      <Show when={props.delivery.problem}>{(problem) => <p class="mt-1 text-small">{words().problems[problem()]}</p>}</Show>
      <Show when={props.delivery.nextTry}>{(at) => <p class="text-small text-ink-2">{words().nextTry(dayTime(at()))}</p>}</Show>
      <Show when={props.delivery.answer}>
        {(answer) => (
          <p class="mt-1 font-mono text-meta wrap-anywhere text-ink-2">
            {words().answer}: {answer()}
          </p>
        )}
      </Show>
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
