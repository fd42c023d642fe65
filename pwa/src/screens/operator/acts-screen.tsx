import { A, useSearchParams } from '@solidjs/router'
import { Show } from 'solid-js'
import type { OperatorAct } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { exactTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { operatorText } from '../../text/operator.ts'
import { Paged } from './paged.tsx'
import { amountText } from './parts.tsx'

/** What operators have done and why: at all, or to one company. */
export default function ActsScreen() {
  const [params] = useSearchParams()
  const company = () => (typeof params['company'] === 'string' ? params['company'] : null)
  const pages = createPages(company, (of, cursor) =>
    call(api.listActs, { ...(of ? { customerId: of } : {}), ...(cursor ? { cursor } : {}) }),
  )
  return (
    <PartPage title={operatorText().parts.acts.name} back="/settings/operator">
      <Paged pages={pages} empty={operatorMoneyText().noActs}>
        {(act) => <ActRow act={act} />}
      </Paged>
    </PartPage>
  )
}

function ActRow(props: { act: OperatorAct }) {
  const what = () => {
    const names: Record<string, string> = operatorMoneyText().did
    return names[props.act.action] ?? props.act.action
  }
  const shown = () => {
    const { amount, currency } = props.act.data
    return typeof amount === 'string' && typeof currency === 'string' ? amountText(amount, currency) : null
  }
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 class="min-w-0 flex-1 font-semibold">{what()}</h2>
        <span class="nums font-display font-bold">{shown()}</span>
      </div>
      <Show when={props.act.customer}>
        {(customer) => (
          <A
            class="flex min-h-11 items-center text-small text-anil underline"
            href={`/settings/operator/customers/${customer().id}`}
          >
            {customer().name}
          </A>
        )}
      </Show>
      <Show when={props.act.reason}>
        <p class="text-small">{props.act.reason}</p>
      </Show>
      <p class="text-meta text-ink-3">
        <time dateTime={props.act.at}>{exactTime(props.act.at)}</time> · {props.act.by}
      </p>
    </li>
  )
}
