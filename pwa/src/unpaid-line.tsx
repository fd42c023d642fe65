import { A } from '@solidjs/router'
import { createResource, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from './api/call.ts'
import * as api from './api/subscription-endpoints.ts'
import { useDesk } from './live/context.ts'
import { dayTime } from './text/format.ts'
import { unpaid } from './text/unpaid.ts'

/** Says which numbers send nothing, or soon will not, for want of a payment; with the way to pay, or whom to ask. */
export function UnpaidLine(props: { numbers: readonly Channel[] }) {
  const { desk } = useDesk()
  const [payers] = createResource(
    () => !desk.may('billing.manage'),
    async () => (await call(api.whomToAsk, {}).catch(() => ({ names: [] }))).names,
  )
  const words = () => {
    const [one] = props.numbers
    if (!one || props.numbers.length > 1) return unpaid().many(props.numbers.length)
    const { state, sendsUntil } = one.subscription ?? { state: 'none', sendsUntil: null }
    if (state === 'grace' && sendsUntil !== null) return unpaid().grace(one.name, dayTime(sendsUntil))
    return state === 'none' ? unpaid().none(one.name) : state === 'paused' ? unpaid().paused(one.name) : unpaid().one(one.name)
  }
  const isOne = () => props.numbers.length === 1
  return (
    <aside role="status" class="flex flex-wrap items-center gap-x-2 bg-cochinilla-tint px-4 py-1 text-small">
      <p class="min-w-64 flex-1 py-1.5">
        {words()} <Show when={!desk.may('billing.manage')}>{unpaid().ask(payers.latest ?? [])}</Show>
      </p>
      <Show when={desk.may('billing.manage')}>
        <A
          href={isOne() ? `/settings/subscriptions?number=${props.numbers[0]?.id}` : '/settings/subscriptions'}
          class="button button-quiet !text-anil"
        >
          {isOne() ? unpaid().pay : unpaid().see}
        </A>
      </Show>
    </aside>
  )
}
