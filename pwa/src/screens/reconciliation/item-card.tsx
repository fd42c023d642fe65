import { Show } from 'solid-js'
import type { ReconItem } from '#contract/reconciliation.ts'
import { dayTime } from '../../text/format.ts'
import { reconciliationText } from '../../text/reconciliation.ts'
import { Button } from '../../ui/button.tsx'
import { amountText } from './amount.ts'
import { isOpen } from './reconciliation.rules.ts'
import { StateLine, type Mood } from './state-line.tsx'

const MOODS: Readonly<Record<ReconItem['verdict'], Mood>> = {
  ...{ matched: 'good', decided: 'good', late: 'waits' },
  ...{ missing_here: 'wrong', missing_there: 'wrong', differs: 'wrong' },
}

/** A movement beside our books, and what may be done about it. */
export function ItemCard(props: { item: ReconItem; decide: () => void }) {
  const words = () => reconciliationText()
  const shown = (micro: string | bigint) => amountText(micro, props.item.currency)
  const details = () =>
    [words().gateways[props.item.gateway], dayTime(props.item.at), props.item.code, props.item.company]
      .filter(Boolean)
      .join(' · ')
  const fee = () => {
    const micro = BigInt(props.item.fee)
    if (micro === 0n) return null
    return micro > 0n ? words().fee(shown(micro)) : words().feeBack(shown(-micro))
  }
  const help = () => words().verdictHelp[props.item.verdict]
  return (
    <li class="grid gap-1 rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex items-baseline gap-3">
        <span class="min-w-0 flex-1 font-semibold">{words().kinds[props.item.kind]}</span>
        <Show when={props.item.amount} fallback={<span class="text-small text-ink-2">{words().onlyOurs}</span>}>
          {(amount) => (
            <Show when={props.item.kind !== 'fee'}>
              <span class="nums font-display font-bold">{shown(amount())}</span>
            </Show>
          )}
        </Show>
      </div>
      <StateLine mood={MOODS[props.item.verdict]} words={words().verdicts[props.item.verdict]} />
      <Show when={props.item.theirs !== props.item.ours}>
        <p class="text-small">{words().sums(shown(props.item.theirs), shown(props.item.ours))}</p>
      </Show>
      <Show when={help()}>
        <p class="text-small text-ink-2">{help()}</p>
      </Show>
      <Show when={props.item.ofNobody}>
        <p class="text-small text-cochinilla">{words().ofNobody}</p>
      </Show>
      <Show when={props.item.verdict === 'decided' && props.item.decision}>
        {(decision) => (
          <p class="text-small wrap-anywhere">
            «{decision().reason}»{' '}
            <span class="text-ink-2">
              ({words().decisionOf(decision().by, dayTime(decision().at))},{' '}
              {decision().isBooked ? words().wasBooked : words().wasNoted})
            </span>
          </p>
        )}
      </Show>
      <Show when={fee()}>{(text) => <p class="nums text-small text-ink-2">{text()}</p>}</Show>
      <p class="text-meta text-ink-3">{details()}</p>
      <p class="font-mono text-meta break-all text-ink-3 select-all">{props.item.ref ?? props.item.paymentRef}</p>
      <Show when={isOpen(props.item)}>
        <Button class="mt-1 justify-self-start" onClick={() => props.decide()}>
          {words().decide}
        </Button>
      </Show>
    </li>
  )
}
