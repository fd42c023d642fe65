import { createSignal, For, Show } from 'solid-js'
import type { Customer } from '#contract/operator.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/operator-endpoints.ts'
import { typedAmount } from '../../amounts.rules.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Field } from '../../ui/field.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'
import { ActSheet } from './act-sheet.tsx'
import { amountText } from './parts.tsx'

const KINDS = ['gift', 'add', 'take'] as const

/** A gift to a balance, or a correction of it. */
export function DecideSheet(props: { customer: Customer; done: () => void; close: () => void }) {
  const words = () => operatorMoneyText()
  const [kind, setKind] = createSignal<(typeof KINDS)[number]>('gift')
  const [amount, setAmount] = createSignal('')
  const [mayOwe, setMayOwe] = createSignal(false)
  const [isWrong, setIsWrong] = createSignal(false)

  async function decide(reason: string, id: string): Promise<void> {
    const { customer, done } = props
    const wanted = { kind: kind(), amount: typedAmount(amount()) ?? '', mayOwe: kind() === 'take' && mayOwe() }
    const now = await call(api.decideBalance, { customerId: customer.id, id, reason, ...wanted })
    say(words().decided(amountText(now.available, now.currency)))
    done()
  }

  return (
    <ActSheet
      title={words().decideTitle}
      help={words().decideHelp}
      doIt={words().decideDo}
      forCompany
      held={() => `${kind()} ${amount()} ${mayOwe()}`}
      isWrong={() => setIsWrong(typedAmount(amount()) === null)}
      run={decide}
      close={props.close}
    >
      <div role="group" aria-label={words().kind} class="flex flex-wrap gap-1 rounded-slip border border-line bg-surface px-2">
        <For each={KINDS}>
          {(one) => (
            <Segment chosen={kind() === one} choose={() => setKind(one)}>
              {words().kinds[one]}
            </Segment>
          )}
        </For>
      </div>
      <Field
        label={words().amount}
        error={isWrong() ? words().amountWrong : null}
        inputMode="decimal"
        autocomplete="off"
        value={amount()}
        onInput={(event) => setAmount(event.currentTarget.value)}
      />
      <Show when={kind() === 'take'}>
        <Switch name={words().mayOwe} help={words().mayOweHelp} on={mayOwe()} change={setMayOwe} />
      </Show>
    </ActSheet>
  )
}
