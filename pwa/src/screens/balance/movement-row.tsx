import { Show } from 'solid-js'
import type { Movement } from '#contract/billing.ts'
import { GatewayPapers, PaperButton } from '../../paper-links.tsx'
import { balanceText } from '../../text/balance.ts'
import { calendarDay, dayTime, money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { unitsOf } from '../../amounts.rules.ts'
import { MessageWhy } from './message-why.tsx'

type MovementRowProps = {
  movement: Movement
  /** Absent where nothing of it may go back. */
  refund: (() => void) | undefined
  /** Shows each message of a day. */
  each: (day: string) => void
}

/** A message costs fractions of the smallest coin. */
const DIGITS_OF_A_MESSAGE = 4

/** What made the balance more or less, by how much, and its papers. */
export function MovementRow(props: MovementRowProps) {
  const amount = () => unitsOf(props.movement.amount)
  const shown = (units: number) => money(units, props.movement.currency, Math.abs(units) < 1 ? DIGITS_OF_A_MESSAGE : undefined)
  const when = () => (props.movement.day === null ? dayTime(props.movement.at) : calendarDay(props.movement.day))
  const details = () => [when(), props.movement.method].filter(Boolean).join(' · ')
  const name = () => {
    if (props.movement.day !== null) return balanceText().messages(props.movement.count)
    if (props.movement.isAutomatic && props.movement.reason === 'topup') return balanceText().automatic.title
    return props.movement.message?.contact ?? balanceText().reasons[props.movement.reason]
  }
  return (
    <li class="grid gap-1 rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex items-baseline gap-3">
        <span class="min-w-0 flex-1 font-semibold">{name()}</span>
        <span class="nums font-display font-bold" classList={{ 'text-eucalipto': amount() > 0 }}>
          {amount() > 0 ? '+' : '−'}
          {shown(Math.abs(amount()))}
        </span>
      </div>
      <div class="flex flex-wrap items-baseline gap-x-3 text-small text-ink-2">
        <p class="min-w-0 flex-1">{details()}</p>
        <Show when={props.movement.balanceAfter}>
          {(after) => <p class="nums">{balanceText().after(money(unitsOf(after()), props.movement.currency))}</p>}
        </Show>
      </div>
      <Show when={props.movement.note}>
        <p class="text-small">{props.movement.note}</p>
      </Show>
      <Show when={props.movement.message}>{(message) => <MessageWhy message={message()} />}</Show>
      <Show when={props.movement.day}>
        {(day) => (
          <Button class="-ml-3 justify-self-start" kind="quiet" onClick={() => props.each(day())}>
            {balanceText().each}
          </Button>
        )}
      </Show>
      <Show when={props.movement.paper ?? props.movement.receiptUrl ?? props.movement.invoiceUrl ?? props.refund}>
        <div class="-mx-3 flex flex-wrap">
          <Show when={props.movement.paper}>{(paper) => <PaperButton movementId={props.movement.id} paper={paper()} />}</Show>
          <GatewayPapers receiptUrl={props.movement.receiptUrl} invoiceUrl={props.movement.invoiceUrl} />
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
