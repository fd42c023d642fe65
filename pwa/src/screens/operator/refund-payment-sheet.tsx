import { createSignal, Show, untrack } from 'solid-js'
import type { OperatorPayment } from '#contract/operator-money.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/operator-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { levelText, typedAmount } from '../../amounts.rules.ts'
import { asTyped } from '../../text/format.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { ActSheet } from './act-sheet.tsx'
import { amountText } from './parts.tsx'

/** Money of a payment back to whoever paid. Of what is nobody's all of it goes, in whatever currency it came. */
export function RefundPaymentSheet(props: { payment: OperatorPayment; done: () => void; close: () => void }) {
  const words = () => operatorMoneyText()
  const [amount, setAmount] = createSignal(untrack(() => asTyped(levelText(props.payment.returnable))))
  const [isWrong, setIsWrong] = createSignal(false)
  const isWhole = () => props.payment.stands === 'unallocated'
  const most = () => amountText(props.payment.returnable, props.payment.currency)

  async function giveBack(reason: string, id: string): Promise<void> {
    const { payment, done } = props
    const part = isWhole() ? {} : { amount: typedAmount(amount()) ?? '' }
    const { state } = await call(api.refundPayment, { paymentId: payment.id, id, reason, ...part }, { timeoutMs: GATEWAY_MS })
    say(words().refundSaid[state])
    done()
  }

  return (
    <ActSheet
      title={words().refundTitle}
      help={words().refundOf[props.payment.stands](most())}
      doIt={words().refundDo}
      forCompany={props.payment.customer !== null}
      held={amount}
      isWrong={() => setIsWrong(!isWhole() && typedAmount(amount()) === null)}
      run={giveBack}
      close={props.close}
    >
      <Show when={!isWhole()}>
        <Field
          label={words().amount}
          error={isWrong() ? words().amountWrong : null}
          inputMode="decimal"
          autocomplete="off"
          value={amount()}
          onInput={(event) => setAmount(event.currentTarget.value)}
        />
      </Show>
    </ActSheet>
  )
}
