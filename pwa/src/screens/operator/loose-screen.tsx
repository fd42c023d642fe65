import { createSignal, Show } from 'solid-js'
import type { OperatorPayment } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { Button } from '../../ui/button.tsx'
import { AllocateSheet } from './allocate-sheet.tsx'
import { paymentPage } from './gateway-links.rules.ts'
import { Paged } from './paged.tsx'
import { amountText, Outside, State } from './parts.tsx'
import { RefundPaymentSheet } from './refund-payment-sheet.tsx'

/** Money that arrived and that nobody could explain: a person says whose it is, or sends it back. */
export default function LooseScreen() {
  const words = () => operatorMoneyText()
  const pages = createPages(
    () => null,
    async () => ({ ...(await call(api.listLoosePayments, {})), next: null }),
  )
  return (
    <PartPage title={operatorText().parts.loose.name} back="/settings/operator">
      <Paged pages={pages} empty={words().looseEmpty} emptyHelp={words().looseEmptyHelp}>
        {(payment) => <LooseCard payment={payment} decided={() => void pages.again()} />}
      </Paged>
    </PartPage>
  )
}

function LooseCard(props: { payment: OperatorPayment; decided: () => void }) {
  const words = () => operatorMoneyText()
  const [open, setOpen] = createSignal<'give' | 'back' | null>(null)
  const close = () => setOpen(null)
  const problem = () => {
    const names: Record<string, string> = words().problems
    return names[props.payment.problem ?? ''] ?? props.payment.problem
  }
  /** All that is known of whose it is. */
  const known = () => {
    const { customer, number, meant } = props.payment
    if (customer && number) return words().ofNumber(customer.name, number)
    return meant?.customer ? words().meant(meant.customer.name, amountText(meant.amount, meant.currency)) : words().unknown
  }
  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 class="min-w-0 flex-1 font-semibold">{problem()}</h2>
        <span class="nums font-display font-bold">{amountText(props.payment.left, props.payment.currency)}</span>
      </div>
      <p class="mt-1 text-small">{known()}</p>
      <p class="text-meta text-ink-3">
        {[words().gateways[props.payment.gateway], props.payment.method, dayTime(props.payment.at)].filter(Boolean).join(' · ')}
      </p>
      <p class="font-mono text-meta break-all text-ink-3 select-all">{props.payment.ref}</p>
      <div class="mt-2 flex flex-wrap items-center gap-2">
        <Show when={!props.payment.underWay} fallback={<State tone="wait">{words().goingBack}</State>}>
          <Button onClick={() => setOpen('give')}>{words().giveTo}</Button>
          <Button kind="quiet" onClick={() => setOpen('back')}>
            {words().giveBack}
          </Button>
        </Show>
        <Outside href={paymentPage(props.payment.gateway, props.payment.ref)} name={words().open} />
      </div>
      <Show when={open() === 'give'}>
        <AllocateSheet payment={props.payment} done={() => (close(), props.decided())} close={close} />
      </Show>
      <Show when={open() === 'back'}>
        <RefundPaymentSheet payment={props.payment} done={() => (close(), props.decided())} close={close} />
      </Show>
    </li>
  )
}
