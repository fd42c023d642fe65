import { For } from 'solid-js'
import type { CustomerPage } from '#contract/operator-money.ts'
import { priceText } from '../../price-words.ts'
import { dayTime } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { subscriptionsText } from '../../text/subscriptions.ts'
import { State, type Tone } from './parts.tsx'

type Held = CustomerPage['subscriptions'][number]

const TONES: Record<Held['subscription']['state'], Tone> = {
  pending: 'wait',
  trial: 'good',
  active: 'good',
  grace: 'bad',
  suspended: 'bad',
  paused: 'wait',
  ended: 'plain',
}

/** The subscriptions of a company's numbers, those that live first, each with what has happened to it. */
export function CustomerSubscriptions(props: { subscriptions: readonly Held[] }) {
  const words = () => operatorMoneyText()
  return (
    <section>
      <h2 class="mb-2 text-heading font-bold">{words().subscriptions}</h2>
      <ul class="grid gap-2">
        <For each={props.subscriptions} fallback={<li class="text-small text-ink-2">{words().noSubscriptions}</li>}>
          {(held) => <HeldRow held={held} />}
        </For>
      </ul>
    </section>
  )
}

function HeldRow(props: { held: Held }) {
  const words = () => subscriptionsText()
  const terms = () => {
    const { gateway, plan, paidUntil } = props.held.subscription
    return [plan.name, gateway === 'gift' ? words().gift : priceText(plan.price), paidUntil && dayTime(paidUntil)]
  }
  /** A word of tomorrow is shown as it is. */
  const kindText = (kind: string) => {
    const names: Record<string, string> = words().kinds
    return names[kind] ?? kind
  }
  return (
    <li class="rounded-card border border-line bg-surface px-4 py-3">
      <div class="flex flex-wrap items-start gap-x-3">
        <h3 class="min-w-0 flex-1 font-semibold wrap-anywhere">{props.held.number}</h3>
        <State tone={TONES[props.held.subscription.state]}>{words().states[props.held.subscription.state]}</State>
      </div>
      <p class="text-small">{terms().filter(Boolean).join(' · ')}</p>
      <details>
        <summary class="flex min-h-11 cursor-pointer items-center text-small text-anil">{operatorMoneyText().history}</summary>
        <ol>
          <For each={props.held.events}>
            {(event) => (
              <li class="py-1 text-small">
                {kindText(event.kind)}
                <span class="block text-meta text-ink-3">{[dayTime(event.at), event.by].filter(Boolean).join(' · ')}</span>
              </li>
            )}
          </For>
        </ol>
      </details>
    </li>
  )
}
