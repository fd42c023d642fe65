import { A, useParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { CustomerPage } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/operator-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { CustomerMovements } from './customer-movements.tsx'
import { CustomerPayments } from './customer-payments.tsx'
import { CustomerSubscriptions } from './customer-subscriptions.tsx'
import { DecideSheet } from './decide-sheet.tsx'
import { CustomerNumbers } from './customer-numbers.tsx'
import { DisputeCard } from './dispute-card.tsx'
import { amountText, State } from './parts.tsx'

/** A company as a whole: what it has, what it paid, and what can be done about it. */
export default function CustomerScreen() {
  const params = useParams<{ customerId: string }>()
  const asked = createAsked(() => call(api.getCustomer, { customerId: params.customerId }))
  return (
    <PartPage title={asked.items()?.customer.name ?? operatorText().parts.customers.name} back="/settings/operator/customers">
      <LoadProblem of={asked} title={operatorMoneyText().loadFailed} />
      <Show when={asked.items()}>{(found) => <Whole found={found()} again={() => void asked.again()} />}</Show>
    </PartPage>
  )
}

function Whole(props: { found: CustomerPage; again: () => void }) {
  const words = () => operatorMoneyText()
  const [turn, setTurn] = createSignal(0)
  const changed = () => {
    setTurn((n) => n + 1)
    props.again()
  }
  return (
    <div class="grid gap-6">
      <Figures found={props.found} changed={changed} />
      <Show when={props.found.disputes.length > 0}>
        <section>
          <h2 class="mb-2 text-heading font-bold">{words().disputes}</h2>
          <ul class="grid gap-3">
            <For each={props.found.disputes}>{(dispute) => <DisputeCard dispute={dispute} changed={changed} />}</For>
          </ul>
        </section>
      </Show>
      <CustomerNumbers numbers={props.found.customer.numbers} changed={changed} />
      <CustomerSubscriptions subscriptions={props.found.subscriptions} />
      <CustomerPayments payments={props.found.payments} refunds={props.found.refunds} changed={changed} />
      <CustomerMovements customerId={props.found.customer.id} turn={turn()} />
      <section>
        <h2 class="mb-2 text-heading font-bold">{words().administrators}</h2>
        <ul>
          <For each={props.found.administrators} fallback={<li class="text-small text-ink-2">{words().noAdministrators}</li>}>
            {(person) => (
              <li class="flex min-h-11 flex-wrap items-center gap-x-3">
                <span>{person.name}</span>
                <a class="flex min-h-11 items-center text-anil underline wrap-anywhere" href={`mailto:${person.email}`}>
                  {person.email}
                </a>
              </li>
            )}
          </For>
        </ul>
      </section>
      <A
        href={`/settings/operator/acts?company=${props.found.customer.id}`}
        class="button button-quiet justify-self-start !text-anil"
      >
        {words().allActs}
      </A>
    </div>
  )
}

function Figures(props: { found: CustomerPage; changed: () => void }) {
  const words = () => operatorMoneyText()
  const action = createAction()
  const [isDeciding, setIsDeciding] = createSignal(false)
  const customer = () => props.found.customer
  function sell(buys: boolean): void {
    const { changed } = props
    const { id } = customer()
    void action.run(() => call(api.setCustomer, { customerId: id, buys }).then(changed))
  }
  return (
    <section class="fold-bl grid gap-2 rounded-card border border-line bg-surface p-4">
      <p class="text-meta text-ink-3">{words().since(dayTime(customer().since))}</p>
      <Show when={customer().leftAt}>
        <p>
          <State tone="plain">{words().left}</State>
        </p>
      </Show>
      <p class="text-small text-ink-2">{words().available}</p>
      <For each={customer().balances} fallback={<p class="text-small">{words().noBalance}</p>}>
        {(balance) => (
          <div>
            <p class="nums font-display text-title font-bold">{amountText(balance.available, balance.currency)}</p>
            <Show when={balance.held !== '0'}>
              <p class="text-small text-ink-2">{words().held(amountText(balance.held, balance.currency))}</p>
            </Show>
            <Show when={balance.owed !== '0'}>
              <p class="text-small text-cochinilla">{words().owes(amountText(balance.owed, balance.currency))}</p>
            </Show>
            <Show when={balance.frozen}>
              <p class="text-small text-cochinilla">{words().frozen}</p>
            </Show>
          </div>
        )}
      </For>
      <Button class="justify-self-start" onClick={() => setIsDeciding(true)}>
        {words().decide}
      </Button>
      <Show when={!customer().leftAt}>
        <Switch
          name={operatorText().buys}
          help={operatorText().buyHelp}
          on={customer().buys}
          disabled={action.busy()}
          change={sell}
        />
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Show when={isDeciding()}>
        <DecideSheet
          customer={customer()}
          done={() => (setIsDeciding(false), props.changed())}
          close={() => setIsDeciding(false)}
        />
      </Show>
    </section>
  )
}
