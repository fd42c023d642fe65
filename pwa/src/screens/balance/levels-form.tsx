import { createSignal, untrack } from 'solid-js'
import type { Balance } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { balanceText } from '../../text/balance.ts'
import { asTyped } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { AmountField } from './amount-field.tsx'
import { levelText, typedAmount } from '../../amounts.rules.ts'

/** When those who look after the balance are warned. */
export function LevelsForm(props: { choice: Balance['choice']; saved: () => void }) {
  const action = createAction()
  const [low, setLow] = createSignal(untrack(() => asTyped(levelText(props.choice.lowLevel))))
  const [veryLow, setVeryLow] = createSignal(untrack(() => asTyped(levelText(props.choice.veryLowLevel))))
  const [wrong, setWrong] = createSignal(false)
  const isWrong = (text: string) => text.trim() !== '' && !typedAmount(text)
  const errorOf = (text: string) => (wrong() && isWrong(text) ? balanceText().amountWrong : null)

  async function save() {
    setWrong(isWrong(low()) || isWrong(veryLow()))
    if (wrong()) return
    await action.run(keep)
  }

  async function keep() {
    await call(api.chooseBalance, { lowLevel: typedAmount(low()), veryLowLevel: typedAmount(veryLow()) })
    say(balanceText().saved)
    props.saved()
  }

  return (
    <section class="rounded-card border border-line bg-surface p-4" aria-labelledby="levels">
      <form
        class="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <h2 id="levels" class="text-heading font-bold">
          {balanceText().levels}
        </h2>
        <p class="text-small text-ink-2">{balanceText().levelsHelp}</p>
        <div class="grid grid-cols-2 gap-3">
          <AmountField
            label={balanceText().low}
            hint={balanceText().levelHint}
            error={errorOf(low())}
            text={low()}
            change={setLow}
          />
          <AmountField
            label={balanceText().veryLow}
            hint={balanceText().levelHint}
            error={errorOf(veryLow())}
            text={veryLow()}
            change={setVeryLow}
          />
        </div>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button class="justify-self-start" type="submit" busy={action.busy()}>
          {balanceText().save}
        </Button>
      </form>
    </section>
  )
}
