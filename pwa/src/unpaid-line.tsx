import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { useDesk } from './live/context.ts'
import { PayWay, WhomToAsk } from './pay-way.tsx'
import { dayTime } from './text/format.ts'
import { unpaid } from './text/unpaid.ts'

/** Says which numbers send nothing, or soon will not, for want of a payment; with the way to pay, or whom to ask. */
export function UnpaidLine(props: { numbers: readonly Channel[] }) {
  const { desk } = useDesk()
  const one = () => (props.numbers.length === 1 ? props.numbers[0] : undefined)
  return (
    <aside role="status" class="flex flex-wrap items-center gap-x-3 gap-y-1 bg-cochinilla-tint px-4 py-1 text-small">
      <p class="min-w-64 flex-1 py-1.5">{one() ? wordsOf(one()) : unpaid().many(props.numbers.length)}</p>
      <Show
        when={one()}
        fallback={
          <Show when={desk.may('billing.manage')} fallback={<WhomToAsk />}>
            <A href="/settings/subscriptions" class="button button-quiet !text-anil">
              {unpaid().see}
            </A>
          </Show>
        }
      >
        {(number) => <PayWay number={number()} isInLine />}
      </Show>
    </aside>
  )
}

function wordsOf(number: Channel | undefined): string {
  const { state, sendsUntil } = number?.subscription ?? { state: 'none', sendsUntil: null }
  const name = number?.name ?? ''
  if (state === 'grace' && sendsUntil !== null) return unpaid().grace(name, dayTime(sendsUntil))
  if (state === 'none') return unpaid().none(name)
  return state === 'paused' ? unpaid().paused(name) : unpaid().one(name)
}
