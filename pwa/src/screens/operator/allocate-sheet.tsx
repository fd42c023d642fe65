import { createSignal, For, Show } from 'solid-js'
import type { Customer } from '#contract/operator.ts'
import type { OperatorPayment } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Choice, Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { ActSheet } from './act-sheet.tsx'
import { amountText } from './parts.tsx'

/** Whose money it is that nobody could explain: a company is looked for by its name, and what it is for is chosen. */
export function AllocateSheet(props: { payment: OperatorPayment; done: () => void; close: () => void }) {
  const words = () => operatorMoneyText()
  const known = () => props.payment.customer ?? props.payment.meant?.customer
  const [q, setQ] = createSignal('')
  const found = createPages(
    () => q() || known()?.name || '',
    (name) => call(api.listCustomers, name === '' ? {} : { q: name }),
  )
  const [chosenId, setChosenId] = createSignal<string | null>(null)
  const [subscriptionId, setSubscriptionId] = createSignal('')
  const [isWrong, setIsWrong] = createSignal(false)
  /** Who was meant is chosen already, where that is known. */
  const chosen = (): Customer | undefined => found.items().find(({ id }) => id === (chosenId() ?? known()?.id))
  const subscriptions = () =>
    chosen()?.numbers.flatMap(({ name, subscription }) => (subscription ? [{ name, subscription }] : []))

  async function allocate(reason: string, id: string): Promise<void> {
    const { payment, done } = props
    const company = chosen()
    if (!company) return
    const paid = subscriptions()?.find(({ subscription }) => subscription.id === subscriptionId())?.subscription
    const to = { customerId: company.id, ...(paid && { subscriptionId: paid.id }) }
    await call(api.allocatePayment, { paymentId: payment.id, id, reason, ...to })
    say(words().allocated)
    done()
  }

  return (
    <ActSheet
      title={words().allocateTitle}
      help={words().allocateHelp(amountText(props.payment.left, props.payment.currency))}
      doIt={words().allocateDo}
      forCompany
      held={() => `${chosen()?.id} ${subscriptionId()}`}
      isWrong={() => setIsWrong(chosen() === undefined)}
      run={allocate}
      close={props.close}
    >
      <Field
        label={words().find}
        type="search"
        maxlength={60}
        error={isWrong() ? words().chooseFirst : null}
        onInput={(event) => setQ(event.currentTarget.value.trim())}
      />
      <div role="group" aria-label={words().company} class="max-h-56 overflow-y-auto rounded-card border border-line">
        <For each={found.items()}>
          {(company) => (
            <button
              type="button"
              class="row flex min-h-11 w-full items-center gap-3 border-line px-3 py-2 text-left text-small [&+&]:border-t"
              classList={{ 'bg-anil-tint font-bold text-anil': chosen()?.id === company.id }}
              aria-pressed={chosen()?.id === company.id}
              onClick={() => (setChosenId(company.id), setSubscriptionId(''))}
            >
              <span class="min-w-0 flex-1 wrap-anywhere">{company.name}</span>
              <span class="text-meta text-ink-3">{words().numbers(company.numbers.length)}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={chosen()}>
        {(company) => (
          <>
            <p role="status" class="text-small font-semibold">
              {words().chosen(company().name)}
            </p>
            <Choice
              label={words().forWhat}
              value={subscriptionId()}
              onChange={(event) => setSubscriptionId(event.currentTarget.value)}
            >
              <option value="">{words().forBalance}</option>
              <For each={subscriptions()}>
                {({ name, subscription }) => (
                  <option value={subscription.id}>{words().forSubscription(name, subscription.plan.name)}</option>
                )}
              </For>
            </Choice>
          </>
        )}
      </Show>
    </ActSheet>
  )
}
