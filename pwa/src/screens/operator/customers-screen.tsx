import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Customer } from '#contract/operator.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { FilterChip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { Paged } from './paged.tsx'
import { amountText, State } from './parts.tsx'

const ONLY = ['owing', 'frozen', 'late'] as const

/** The companies: what each has, and which of them need somebody. */
export default function CustomersScreen() {
  const words = () => operatorMoneyText()
  const [q, setQ] = createSignal('')
  const [only, setOnly] = createSignal<(typeof ONLY)[number] | null>(null)
  const filter = createMemo(() => ({ q: q(), only: only() }))
  const pages = createPages(filter, (wanted, cursor) =>
    call(api.listCustomers, {
      ...(wanted.q ? { q: wanted.q } : {}),
      ...(wanted.only ? { only: wanted.only } : {}),
      ...(cursor ? { cursor } : {}),
    }),
  )
  return (
    <PartPage title={operatorText().parts.customers.name} back="/settings/operator">
      <Field
        label={operatorText().search}
        type="search"
        maxlength={60}
        onInput={(event) => setQ(event.currentTarget.value.trim())}
      />
      <div class="my-3 flex flex-wrap gap-2" role="group" aria-label={operatorText().parts.customers.name}>
        <FilterChip name={words().only.all} chosen={only() === null} choose={() => setOnly(null)} />
        <For each={ONLY}>
          {(one) => <FilterChip name={words().only[one]} chosen={only() === one} choose={() => setOnly(one)} />}
        </For>
      </div>
      <Paged pages={pages} empty={words().noCustomers}>
        {(customer) => <CustomerRow customer={customer} />}
      </Paged>
    </PartPage>
  )
}

const LATE: ReadonlySet<string> = new Set(['grace', 'suspended'])

function CustomerRow(props: { customer: Customer }) {
  const words = () => operatorMoneyText()
  const late = () => props.customer.numbers.filter(({ subscription }) => LATE.has(subscription?.state ?? '')).length
  const owing = () => props.customer.balances.filter(({ owed }) => owed !== '0')
  return (
    <li>
      <A
        href={`/settings/operator/customers/${props.customer.id}`}
        class="row fold-bl block rounded-card border border-line bg-surface px-4 py-3"
      >
        <span class="flex flex-wrap items-baseline gap-x-3">
          <span class="min-w-0 flex-1 font-semibold wrap-anywhere">{props.customer.name}</span>
          <For each={props.customer.balances}>
            {(balance) => <span class="nums font-display font-bold">{amountText(balance.available, balance.currency)}</span>}
          </For>
        </span>
        <span class="block text-meta text-ink-3">
          {[words().numbers(props.customer.numbers.length), props.customer.buys ? operatorText().buys : operatorText().free].join(
            ' · ',
          )}
        </span>
        <span class="mt-1 flex flex-wrap gap-2 empty:hidden">
          <For each={owing()}>
            {(balance) => <State tone="bad">{words().owes(amountText(balance.owed, balance.currency))}</State>}
          </For>
          <Show when={props.customer.balances.some(({ frozen }) => frozen)}>
            <State tone="wait">{words().frozen}</State>
          </Show>
          <Show when={late()}>{(count) => <State tone="bad">{words().lateNumbers(count())}</State>}</Show>
          <Show when={props.customer.leftAt}>
            <State tone="plain">{words().left}</State>
          </Show>
        </span>
      </A>
    </li>
  )
}
