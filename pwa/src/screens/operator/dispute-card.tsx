import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { Dispute } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/operator-endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Button } from '../../ui/button.tsx'
import { ActSheet } from './act-sheet.tsx'
import { disputePage } from './gateway-links.rules.ts'
import { amountText, Outside, State, type Tone } from './parts.tsx'

const TONES: Record<Dispute['state'], Tone> = { inquiry: 'wait', open: 'bad', won: 'good', lost: 'plain' }

/** A contested payment: until when it is answered, what was moved, and whether its company may spend. */
export function DisputeCard(props: { dispute: Dispute; changed: (now: Dispute) => void }) {
  const words = () => operatorMoneyText()
  const [isDeciding, setIsDeciding] = createSignal(false)
  const shown = (micro: string) => amountText(micro, props.dispute.currency)
  /** A gateway's word that we have none for is shown as it is. */
  const said = () => {
    const names: Record<string, string> = words().disputeReasons
    return names[props.dispute.reason ?? ''] ?? props.dispute.reason
  }
  const isOpen = () => props.dispute.state === 'open' || props.dispute.state === 'inquiry'
  const isLate = (until: string) => new Date(until).getTime() < minuteNow()

  async function decide(reason: string): Promise<void> {
    const { dispute, changed } = props
    changed(await call(api.releaseDispute, { disputeId: dispute.id, isReleased: dispute.freezes, reason }))
    setIsDeciding(false)
  }

  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <div class="flex flex-wrap items-start gap-x-3">
        <h2 class="min-w-0 flex-1 font-semibold">
          {shown(props.dispute.amount)}
          <span class="block text-small font-normal">
            <Show when={props.dispute.customer} fallback={words().unknown}>
              {(customer) => (
                <A class="flex min-h-11 items-center text-anil underline" href={`/settings/operator/customers/${customer().id}`}>
                  {customer().name}
                </A>
              )}
            </Show>
          </span>
        </h2>
        <State tone={TONES[props.dispute.state]}>{words().disputeStates[props.dispute.state]}</State>
      </div>
      <p class="mt-1 text-meta text-ink-3">
        {[words().gateways[props.dispute.gateway], said(), props.dispute.payment.method, dayTime(props.dispute.at)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p class="mt-1 text-small">
        {props.dispute.taken === '0'
          ? words().notMoved
          : words().moved(shown(props.dispute.taken), shown(props.dispute.givenBack))}
        <Show when={props.dispute.fee !== '0'}> · {words().fee(shown(props.dispute.fee))}</Show>
      </p>
      <Show when={isOpen() && props.dispute.respondBy}>
        {(until) => (
          <p class="text-small" classList={{ 'text-cochinilla': isLate(until()) }}>
            {isLate(until()) ? words().late(dayTime(until())) : words().respondBy(dayTime(until()))}
          </p>
        )}
      </Show>
      <Show when={props.dispute.freezes}>
        <p class="text-small text-cochinilla">{words().freezes}</p>
      </Show>
      <Show when={props.dispute.releasedAt}>{(at) => <p class="text-small">{words().released(dayTime(at()))}</p>}</Show>
      <div class="mt-2 flex flex-wrap items-center gap-2">
        <Show when={props.dispute.freezes || props.dispute.releasedAt}>
          <Button onClick={() => setIsDeciding(true)}>{props.dispute.freezes ? words().release : words().freeze}</Button>
        </Show>
        <Outside href={disputePage(props.dispute.gateway, props.dispute.ref)} name={isOpen() ? words().answer : words().open} />
      </div>
      <Show when={isDeciding()}>
        <ActSheet
          title={props.dispute.freezes ? words().release : words().freeze}
          help={props.dispute.freezes ? words().releaseHelp : words().freezeHelp}
          doIt={props.dispute.freezes ? words().release : words().freeze}
          forCompany
          run={decide}
          close={() => setIsDeciding(false)}
        />
      </Show>
    </li>
  )
}
