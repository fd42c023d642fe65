import { createMemo, Show } from 'solid-js'
import type { Movement } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/operator-endpoints.ts'
import { balanceText } from '../../text/balance.ts'
import { calendarDay, dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Paged } from './paged.tsx'
import { amountText } from './parts.tsx'

/** What moved a company's balance, as the company reads it: the messages of a day are one line. */
export function CustomerMovements(props: { customerId: string; /** Grows with each change. */ turn: number }) {
  const words = () => operatorMoneyText()
  const asked = createMemo(() => ({ customerId: props.customerId, turn: props.turn }))
  const pages = createPages(asked, ({ customerId }, cursor) =>
    call(api.listCustomerMovements, { customerId, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <section>
      <h2 class="mb-2 text-heading font-bold">{words().movements}</h2>
      <Paged pages={pages} empty={words().noMovements}>
        {(movement) => <MovementLine movement={movement} />}
      </Paged>
    </section>
  )
}

function MovementLine(props: { movement: Movement }) {
  const details = () => {
    const { day, at, method } = props.movement
    return [day === null ? dayTime(at) : calendarDay(day), method].filter(Boolean).join(' · ')
  }
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex items-baseline gap-3">
        <h3 class="min-w-0 flex-1 font-semibold">{balanceText().reasons[props.movement.reason]}</h3>
        <span class="nums font-display font-bold" classList={{ 'text-eucalipto': !props.movement.amount.startsWith('-') }}>
          {amountText(props.movement.amount, props.movement.currency)}
        </span>
      </div>
      <p class="text-small text-ink-2">{details()}</p>
      <Show when={props.movement.note}>
        <p class="text-small">{props.movement.note}</p>
      </Show>
    </li>
  )
}
