import { For, Show } from 'solid-js'
import type { Rate } from '#contract/rates.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/rate-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { dayTime } from '../../text/format.ts'
import { ratesText } from '../../text/rates.ts'
import { sentenceOf } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { rateCost, ratePrice } from './rate-words.ts'

/** All that one kind of message has cost in a market. What lies ahead can be taken back. */
export function RateHistory(props: { rate: Rate; changed: () => void }) {
  const words = () => ratesText()
  const action = createAction()
  const asked = createAsked(() => {
    const { provider, market, category, currency } = props.rate
    return call(api.rateHistory, { provider, market, category, currency })
  })
  const isAhead = (rate: Rate) => rate.retiredAt === null && Date.parse(rate.validFrom) > Date.now()
  const valid = () => asked.items()?.items.find((rate) => rate.retiredAt === null && !isAhead(rate))?.id
  const stateOf = (rate: Rate) => {
    if (rate.retiredAt) return words().withdrawn
    return isAhead(rate) ? words().planned : rate.id === valid() ? words().now : null
  }

  async function withdraw({ id }: Rate): Promise<void> {
    const { changed } = props
    await action.run(() => call(api.withdrawRate, { rateId: id }).then(changed))
  }

  return (
    <section class="border-t border-line p-5" aria-labelledby="rate-history">
      <h3 id="rate-history" class="text-small font-semibold text-ink-2">
        {words().history}
      </h3>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error() ?? (asked.problem() && sentenceOf(asked.problem()))}
      </p>
      <ul>
        <For each={asked.items()?.items}>
          {(rate) => (
            <li class="flex flex-wrap items-center gap-x-3 border-line py-2.5 [&+&]:border-t">
              <div class="min-w-0 flex-1">
                <p class="flex flex-wrap items-center gap-2">
                  <span class="nums font-semibold" classList={{ 'text-ink-3 line-through': rate.retiredAt !== null }}>
                    {ratePrice(rate.price, rate.currency)}
                  </span>
                  <Show when={stateOf(rate)}>
                    {(state) => <span class="rounded-chip bg-sunk px-2.5 py-1 text-meta text-ink-2">{state()}</span>}
                  </Show>
                </p>
                <p class="nums text-meta text-ink-3">
                  {[words().since(dayTime(rate.validFrom)), rateCost(rate), words().by(rate.by)].filter(Boolean).join(' · ')}
                </p>
              </div>
              <Show when={isAhead(rate)}>
                <Button kind="quiet" busy={action.busy()} onClick={() => void withdraw(rate)}>
                  {words().withdraw}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
