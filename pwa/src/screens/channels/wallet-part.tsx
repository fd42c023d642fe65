import { createSignal, Show } from 'solid-js'
import type { ProviderReport } from '#contract/channel-provider.ts'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { channelText } from '../../text/channel.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../ui/toast.tsx'
import { Card } from './card.tsx'
import { walletText } from './told-facts.tsx'

/** Credit at the provider, and below which figure somebody is told. */
export function WalletPart(props: { channel: Channel; report: ProviderReport; changed: (amount: number) => void }) {
  const action = createAction()
  const [amount, setAmount] = createSignal<string | null>(null)
  const typed = () => amount() ?? String(props.report.lowCredit)

  async function save() {
    const saved = await call(api.setLowCredit, { channelId: props.channel.id, amount: Number(typed().replace(',', '.')) })
    props.changed(saved.amount)
    setAmount(null)
    say(channelText().saved)
  }

  return (
    <Show when={props.report.number}>
      {(number) => (
        <Card title={channelText().wallet} help={walletText(number(), props.channel.kind)}>
          <Show when={number().wallet}>
            <form
              class="mt-3 flex items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault()
                void action.run(save)
              }}
            >
              <Field
                class="min-w-0 flex-1"
                label={channelText().lowCredit(number().wallet?.currency ?? '')}
                inputmode="decimal"
                pattern="\d{1,6}([.,]\d{1,2})?"
                required
                value={typed()}
                onInput={(event) => setAmount(event.currentTarget.value)}
              />
              <Button type="submit" busy={action.busy()} disabled={amount() === null}>
                {channelText().save}
              </Button>
            </form>
            <p role="alert" class="text-small text-cochinilla empty:hidden">
              {action.error()}
            </p>
          </Show>
        </Card>
      )}
    </Show>
  )
}
