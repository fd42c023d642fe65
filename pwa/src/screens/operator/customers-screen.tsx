import { createSignal, For, Show } from 'solid-js'
import type { Customer } from '#contract/operator.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/subscription-endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { priceText } from '../../price-words.ts'
import { operatorText } from '../../text/operator.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorCard } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'

/** The companies, what each of their numbers has, and whether they need it. */
export default function CustomersScreen() {
  const words = () => operatorText()
  const [q, setQ] = createSignal('')
  const pages = createPages(q, (wanted, cursor) =>
    call(api.listCustomers, { ...(wanted ? { q: wanted } : {}), ...(cursor ? { cursor } : {}) }),
  )
  return (
    <PartPage title={words().parts.customers.name} back="/settings/operator">
      <Field label={words().search} type="search" maxlength={60} onChange={(event) => setQ(event.currentTarget.value.trim())} />
      <Show when={pages.problem()}>
        {(problem) => (
          <ErrorCard
            title={words().loadFailed}
            help={problemText(problem().code).cause}
            action={{ name: t().app.retry, run: () => void pages.again() }}
          />
        )}
      </Show>
      <ul class="mt-3 grid gap-3">
        <For each={pages.items()}>
          {(customer) => (
            <CustomerCard customer={customer} changed={(now) => pages.replace((one) => (one.id === now.id ? now : one))} />
          )}
        </For>
      </ul>
      <Show when={pages.next()}>
        <Button class="mt-3 w-full" busy={pages.loading()} onClick={() => void pages.more()}>
          {words().more}
        </Button>
      </Show>
    </PartPage>
  )
}

function CustomerCard(props: { customer: Customer; changed: (now: Customer) => void }) {
  const words = () => operatorText()
  const action = createAction()
  function turn({ id, buys }: Customer): void {
    const { changed } = props
    void action.run(() => call(api.setCustomer, { customerId: id, buys: !buys }).then(changed))
  }
  function pay(channelId: Customer['numbers'][number]['id'], isOn: boolean): void {
    const { changed } = props
    void action.run(() => call(api.setNumberPayer, { channelId, whoPays: isOn ? 'us' : 'client' }).then(changed))
  }
  return (
    <li class="fold-bl rounded-card border border-line bg-surface p-4">
      <h2 class="font-semibold">{props.customer.name}</h2>
      <p class="text-meta text-ink-3">{props.customer.buys ? words().buys : words().free}</p>
      <ul class="mt-1">
        <For each={props.customer.numbers} fallback={<li class="text-small text-ink-3">{words().noNumbers}</li>}>
          {(number) => (
            <li class="py-1 text-small">
              {number.name}: {subscriptionsText().states[number.subscription?.state ?? 'none']}
              <Show when={number.subscription}>
                {(one) => (
                  <span class="text-ink-2">
                    {' '}
                    · {one().plan.name} · {one().gateway === 'gift' ? subscriptionsText().gift : priceText(one().plan.price)}
                  </span>
                )}
              </Show>
              <Show when={number.kind !== 'session'}>
                <Switch
                  name={words().wePay}
                  help={words().wePayHelp}
                  on={number.whoPays === 'us'}
                  disabled={action.busy()}
                  change={(on) => pay(number.id, on)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="mt-2 flex flex-wrap items-center gap-3">
        <Button busy={action.busy()} onClick={() => turn(props.customer)}>
          {props.customer.buys ? words().makeFree : words().makeBuy}
        </Button>
        <Show when={!props.customer.buys}>
          <span class="text-meta text-ink-3">{words().buyHelp}</span>
        </Show>
      </div>
    </li>
  )
}
