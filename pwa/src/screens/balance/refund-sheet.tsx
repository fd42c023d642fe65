import { createSignal, untrack } from 'solid-js'
import type { Movement } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { balanceText } from '../../text/balance.ts'
import { money } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { AskedAmount } from './amount-field.tsx'
import { typedAmount } from '../../amounts.rules.ts'

type RefundSheetProps = {
  movement: Movement
  paymentId: NonNullable<Movement['paymentId']>
  most: number
  done: () => void
  close: () => void
}

/** Unspent money back to whoever paid. Sent twice, it is one: the id changes only with the amount. */
export function RefundSheet(props: RefundSheetProps) {
  const action = createAction()
  const [text, setText] = createSignal(untrack(() => props.most.toFixed(2)))
  const [wrong, setWrong] = createSignal<string | null>(null)
  let last = { amount: '', id: '' }

  async function send() {
    const amount = typedAmount(text())
    setWrong(amount ? null : balanceText().amountWrong)
    const ask = () => giveBack(amount ?? '')
    if (amount) await action.run(ask)
  }

  async function giveBack(amount: string) {
    if (last.amount !== amount) last = { amount, id: uuidv7() }
    const { state } = await call(api.addRefund, { paymentId: props.paymentId, id: last.id, amount }, { timeoutMs: GATEWAY_MS })
    say(balanceText().refundStates[state])
    props.done()
  }

  return (
    <Sheet small title={balanceText().refundTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-3 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="text-small">{balanceText().refundHelp(money(props.most, props.movement.currency))}</p>
        <AskedAmount label={balanceText().amount} error={wrong()} problem={action.error()} text={text()} change={setText} />
        <div class="mt-2 flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind="sure" type="submit" busy={action.busy()}>
            {balanceText().refundDo}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
