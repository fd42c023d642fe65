import { createSignal, For, Show } from 'solid-js'
import type { Balance, Topup } from '#contract/billing.ts'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { AskedAmount } from './amount-field.tsx'
import { typedAmount } from '../../amounts.rules.ts'
import { isInFrame } from '../../lib/in-frame.ts'
import { createTopUp } from './create-top-up.ts'

const OFFERED = ['10', '25', '50', '100'] as const

type TopUpFormProps = { balance: Balance; begun: (topup: Topup) => void }

/** How much, where it is paid, and whether the card stays for automatic top-ups. */
export function TopUpForm(props: TopUpFormProps) {
  const topUp = createTopUp((topup) => props.begun(topup))
  const [text, setText] = createSignal('25')
  const [wrong, setWrong] = createSignal<string | null>(null)
  const [keeps, setKeeps] = createSignal(false)

  async function pay(gateway: Topup['gateway']) {
    const amount = typedAmount(text())
    setWrong(amount ? null : balanceText().amountWrong)
    if (amount) await topUp.pay({ gateway, amount, keepsMethod: keeps() && props.balance.keepers.includes(gateway) })
  }

  const limit = (decimal: string) => money(Number(decimal), props.balance.balance.currency)

  return (
    <section class="grid gap-3 rounded-card border border-line bg-surface p-4" aria-labelledby="top-up">
      <h2 id="top-up" class="text-heading font-bold">
        {balanceText().topUp}
      </h2>
      <div class="flex flex-wrap gap-1" role="group" aria-label={balanceText().amount}>
        <For each={OFFERED}>
          {(amount) => (
            <Segment chosen={typedAmount(text()) === amount} choose={() => setText(amount)}>
              {money(Number(amount), props.balance.balance.currency)}
            </Segment>
          )}
        </For>
      </div>
      <AskedAmount
        label={balanceText().amount}
        hint={balanceText().amountHint(limit(props.balance.least), limit(props.balance.most))}
        error={wrong()}
        problem={topUp.error()}
        text={text()}
        change={setText}
      />
      <Show when={props.balance.keepers.length > 0}>
        <div>
          <label class="-ml-3 flex min-h-11 items-center gap-3 pl-3">
            <input
              type="checkbox"
              class="size-5 flex-none accent-anil"
              aria-describedby="keep-help"
              checked={keeps()}
              onChange={(event) => setKeeps(event.currentTarget.checked)}
            />
            <span class="min-w-0 flex-1">{balanceText().keep(props.balance.automatic.method?.label ?? null)}</span>
          </label>
          <p id="keep-help" class="pl-8 text-meta text-ink-3">
            {balanceText().keepHelp}
          </p>
        </div>
      </Show>
      <div class="flex flex-wrap gap-2">
        <For each={props.balance.gateways}>
          {(gateway, n) => (
            <Button kind={n() === 0 ? 'primary' : 'outlined'} busy={topUp.busy()} onClick={() => void pay(gateway)}>
              {balanceText().with[gateway]}
            </Button>
          )}
        </For>
      </div>
      <Show when={isInFrame()}>
        <p class="text-meta text-ink-3">{balanceText().openPageHelp}</p>
      </Show>
    </section>
  )
}
