import { For, Show } from 'solid-js'
import type { Automatic, Balance, Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { useDesk } from '../../live/context.ts'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { levelText } from '../../amounts.rules.ts'
import { createTopUp } from './create-top-up.ts'

type AutomaticStoppedProps = {
  reason: NonNullable<Automatic['stoppedFor']>
  balance: Balance
  /** What fills the balance. */ amount: string
  changed: () => void
  begun: (topup: Topup) => void
}

/** Why nothing is charged any more, and one tap to mend it: pay and keep a card, or go on as before. */
export function AutomaticStopped(props: AutomaticStoppedProps) {
  const { desk } = useDesk()
  const topUp = createTopUp((topup) => props.begun(topup))
  const going = createAction()

  async function goOn() {
    const { threshold, target, ceiling } = props.balance.automatic
    const amounts = { threshold: levelText(threshold), target: levelText(target), ceiling: levelText(ceiling) }
    await call(api.chooseAutomatic, { isOn: true, ...amounts }, { timeoutMs: GATEWAY_MS })
    say(balanceText().automatic.savedOn)
    props.changed()
  }

  return (
    <div role="status" class="grid gap-2 rounded-segment bg-cochinilla-tint p-3">
      <p class="text-small">{balanceText().automatic.reasons[props.reason]}</p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {topUp.error() ?? going.error()}
      </p>
      <Show when={desk.may('billing.manage')}>
        <div class="flex flex-wrap gap-2">
          <Show when={props.reason !== 'disputed'}>
            <For each={props.balance.keepers}>
              {(gateway) => (
                <Button
                  kind="primary"
                  busy={topUp.busy()}
                  onClick={() => void topUp.pay({ gateway, amount: props.amount, keepsMethod: true })}
                >
                  {balanceText().automatic.payAndKeep(money(Number(props.amount), props.balance.balance.currency))}
                </Button>
              )}
            </For>
          </Show>
          <Button busy={going.busy()} disabled={props.balance.balance.frozen} onClick={() => void going.run(goOn)}>
            {balanceText().automatic.goOn}
          </Button>
        </div>
      </Show>
    </div>
  )
}
