import { Show } from 'solid-js'
import type { Movement } from '#contract/billing.ts'
import { balanceText } from '../../text/balance.ts'
import { dayTime, money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { unitsOf } from '../../amounts.rules.ts'

type MovementRowProps = { movement: Movement; /** Absent where nothing of it may go back. */ refund: (() => void) | undefined }

/** What made the balance more or less, by how much, and its papers. */
export function MovementRow(props: MovementRowProps) {
  const amount = () => unitsOf(props.movement.amount)
  const details = () => [dayTime(props.movement.at), props.movement.method].filter(Boolean).join(' · ')
  return (
    <li class="grid gap-1 rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex items-baseline gap-3">
        <span class="min-w-0 flex-1 font-semibold">{balanceText().reasons[props.movement.reason]}</span>
        <span class="nums font-display font-bold" classList={{ 'text-eucalipto': amount() > 0 }}>
          {amount() > 0 ? '+' : '−'}
          {money(Math.abs(amount()), props.movement.currency)}
        </span>
      </div>
      <p class="text-small text-ink-2">{details()}</p>
      <Show when={props.movement.receiptUrl ?? props.movement.invoiceUrl ?? props.refund}>
        <div class="flex flex-wrap gap-2">
          <Show when={props.movement.receiptUrl}>
            {(url) => (
              <a class="button button-quiet !text-anil" href={url()} target="_blank" rel="noopener noreferrer">
                {balanceText().receipt}
              </a>
            )}
          </Show>
          <Show when={props.movement.invoiceUrl}>
            {(url) => (
              <a class="button button-quiet !text-anil" href={url()} target="_blank" rel="noopener noreferrer">
                {balanceText().invoice}
              </a>
            )}
          </Show>
          <Show when={props.refund}>
            {(refund) => (
              <Button kind="quiet" onClick={() => refund()()}>
                {balanceText().refund}
              </Button>
            )}
          </Show>
        </div>
      </Show>
    </li>
  )
}
