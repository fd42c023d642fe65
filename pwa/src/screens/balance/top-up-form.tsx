import { createSignal, For, Show } from 'solid-js'
import type { Balance, Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { typedAmount } from '../../amounts.rules.ts'

const OFFERED = ['10', '25', '50', '100'] as const
/** A gateway may take its time to make a page. */
const GATEWAY_MS = 30_000

/** In a portal's frame a gateway's page cannot stand: it opens beside it. */
const isInFrame = (): boolean => window.self !== window.top

type TopUpFormProps = { balance: Balance; begun: (topup: Topup) => void }

/** How much, and where it is paid. Tapped twice, it is one top-up: the id changes only with what is asked for. */
export function TopUpForm(props: TopUpFormProps) {
  const action = createAction()
  const [text, setText] = createSignal('25')
  const [wrong, setWrong] = createSignal<string | null>(null)
  let last = { what: '', id: '' }
  const idFor = (what: string) => {
    if (last.what !== what) last = { what, id: uuidv7() }
    return last.id
  }

  async function pay(gateway: Topup['gateway']) {
    const amount = typedAmount(text())
    setWrong(amount ? null : balanceText().amountWrong)
    const ask = () => begin(gateway, amount ?? '')
    if (amount) await action.run(ask)
  }

  async function begin(gateway: Topup['gateway'], amount: string) {
    const inFrame = isInFrame()
    const topup = await call(
      api.addTopup,
      { id: idFor(`${gateway}|${amount}`), gateway, amount, inFrame },
      { timeoutMs: GATEWAY_MS },
    )
    last = { what: '', id: '' }
    if (!inFrame && topup.url) window.location.assign(topup.url)
    else props.begun(topup)
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
      <Field
        label={balanceText().amount}
        hint={balanceText().amountHint(limit(props.balance.least), limit(props.balance.most))}
        error={wrong()}
        inputMode="decimal"
        autocomplete="off"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="flex flex-wrap gap-2">
        <For each={props.balance.gateways}>
          {(gateway, n) => (
            <Button kind={n() === 0 ? 'primary' : 'outlined'} busy={action.busy()} onClick={() => void pay(gateway)}>
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
