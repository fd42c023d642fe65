import { createSignal, untrack } from 'solid-js'
import type { Automatic } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { balanceText } from '../../text/balance.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { AmountField } from './amount-field.tsx'
import { levelText, typedAmount } from '../../amounts.rules.ts'

/** What is offered to whoever has chosen nothing. */
const OFFERED = { threshold: '10', target: '50', ceiling: '200' } as const
type Name = keyof typeof OFFERED

/** Below what the balance fills itself, up to what, and how much a month. */
export function AutomaticForm(props: { automatic: Automatic; saved: () => void }) {
  const action = createAction()
  const [wrong, setWrong] = createSignal(false)
  const [texts, setTexts] = createSignal<Record<Name, string>>(
    untrack(() => ({
      threshold: levelText(props.automatic.threshold) || OFFERED.threshold,
      target: levelText(props.automatic.target) || OFFERED.target,
      ceiling: levelText(props.automatic.ceiling) || OFFERED.ceiling,
    })),
  )

  async function save(isOn: boolean) {
    const { threshold, target, ceiling } = texts()
    const typed = { threshold: typedAmount(threshold), target: typedAmount(target), ceiling: typedAmount(ceiling) }
    setWrong(Object.values(typed).includes(null))
    if (wrong()) return
    const keep = () =>
      choose(isOn, { threshold: typed.threshold ?? '', target: typed.target ?? '', ceiling: typed.ceiling ?? '' })
    await action.run(keep)
  }

  async function choose(isOn: boolean, amounts: Record<Name, string>) {
    await call(api.chooseAutomatic, { isOn, ...amounts }, { timeoutMs: GATEWAY_MS })
    say(isOn ? balanceText().automatic.savedOn : balanceText().automatic.savedOff)
    props.saved()
  }

  const field = (name: Name) => (
    <AmountField
      label={balanceText().automatic[name]}
      error={wrong() && !typedAmount(texts()[name]) ? balanceText().amountWrong : null}
      text={texts()[name]}
      change={(text) => setTexts((now) => ({ ...now, [name]: text }))}
    />
  )

  return (
    <form
      class="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save(true)
      }}
    >
      <div class="grid grid-cols-2 gap-3">
        {field('threshold')}
        {field('target')}
        {field('ceiling')}
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <div class="flex flex-wrap gap-2">
        <Button kind="primary" type="submit" busy={action.busy()}>
          {props.automatic.isOn ? balanceText().save : balanceText().automatic.turnOn}
        </Button>
        {props.automatic.isOn && (
          <Button busy={action.busy()} onClick={() => void save(false)}>
            {balanceText().automatic.turnOff}
          </Button>
        )}
      </div>
    </form>
  )
}
