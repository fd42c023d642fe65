import { createSignal, For, Show } from 'solid-js'
import type { OperatorPayment, Refund } from '#contract/operator-money.ts'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Button } from '../../ui/button.tsx'
import { paymentPage } from './gateway-links.rules.ts'
import { amountText, Outside, State, type Tone } from './parts.tsx'
import { RefundPaymentSheet } from './refund-payment-sheet.tsx'

const TONES: Record<Refund['state'], Tone> = { asked: 'wait', pending: 'wait', succeeded: 'plain', failed: 'bad' }

/** What a company has paid, what went back of each payment, and the way to give more back. */
export function CustomerPayments(props: {
  payments: readonly OperatorPayment[]
  refunds: readonly Refund[]
  changed: () => void
}) {
  const words = () => operatorMoneyText()
  return (
    <section>
      <h2 class="mb-2 text-heading font-bold">{words().payments}</h2>
      <ul class="grid gap-2">
        <For each={props.payments} fallback={<li class="text-small text-ink-2">{words().noPayments}</li>}>
          {(payment) => (
            <PaymentRow
              payment={payment}
              refunds={props.refunds.filter(({ paymentId }) => paymentId === payment.id)}
              changed={props.changed}
            />
          )}
        </For>
      </ul>
    </section>
  )
}

function PaymentRow(props: { payment: OperatorPayment; refunds: readonly Refund[]; changed: () => void }) {
  const words = () => operatorMoneyText()
  const [isOpen, setIsOpen] = createSignal(false)
  const shown = (micro: string) => amountText(micro, props.payment.currency)
  const details = () => {
    const { stands, number, gateway, method, at } = props.payment
    return [words().stands[stands], number, words().gateways[gateway], method, dayTime(at)].filter(Boolean).join(' · ')
  }
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h3 class="nums min-w-0 flex-1 font-display font-bold">{shown(props.payment.amount)}</h3>
        <Show when={props.payment.left !== props.payment.amount}>
          <span class="text-small text-ink-2">{words().remaining(shown(props.payment.left))}</span>
        </Show>
      </div>
      <p class="text-small text-ink-2">{details()}</p>
      <For each={props.refunds}>
        {(refund) => (
          <div class="mt-1 flex flex-wrap items-center gap-2 text-small">
            <State tone={TONES[refund.state]}>{words().refundStates[refund.state]}</State>
            <span class="nums font-bold">{shown(refund.amount)}</span>
            <span class="text-meta text-ink-3">
              {[dayTime(refund.at), refund.reason, refund.problem].filter(Boolean).join(' · ')}
            </span>
          </div>
        )}
      </For>
      <div class="flex flex-wrap gap-2">
        <Show when={props.payment.returnable !== '0'}>
          <Button kind="quiet" onClick={() => setIsOpen(true)}>
            {words().refund}
          </Button>
        </Show>
        <Outside href={paymentPage(props.payment.gateway, props.payment.ref)} name={words().open} />
        <Show when={props.payment.receiptUrl}>{(url) => <Outside href={url()} name={words().receipt} />}</Show>
      </div>
      <Show when={isOpen()}>
        <RefundPaymentSheet
          payment={props.payment}
          done={() => (setIsOpen(false), props.changed())}
          close={() => setIsOpen(false)}
        />
      </Show>
    </li>
  )
}
