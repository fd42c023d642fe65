import { createSignal, For } from 'solid-js'
import type { ReconItem } from '#contract/reconciliation.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/reconciliation-endpoints.ts'
import { reconciliationText } from '../../text/reconciliation.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../ui/toast.tsx'
import { amountText } from './amount.ts'

const WAYS = ['noted', 'booked'] as const

/** A person's word over a difference: with a reason, always. */
export function DecideSheet(props: { item: ReconItem; done: () => void; close: () => void }) {
  const words = () => reconciliationText()
  const action = createAction()
  const [way, setWay] = createSignal<(typeof WAYS)[number]>('noted')
  const [reason, setReason] = createSignal('')
  const [wrong, setWrong] = createSignal(false)
  const difference = () => amountText(BigInt(props.item.theirs) - BigInt(props.item.ours), props.item.currency)

  async function save() {
    setWrong(reason().trim().length < 3)
    if (wrong()) return
    const input = { itemId: props.item.id, isBooked: way() === 'booked', reason: reason().trim() }
    const { done } = props
    await action.run(async () => {
      await call(api.decideReconItem, input)
      say(words().decided)
      done()
    })
  }

  return (
    <Sheet small title={words().decideTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p class="text-small">{words().decideHelp(difference())}</p>
        <fieldset>
          <legend class="mb-1 text-small font-semibold">{words().wayLabel}</legend>
          <For each={WAYS}>
            {(one) => (
              <label class="row flex min-h-14 items-start gap-3 rounded-segment p-3">
                <input
                  type="radio"
                  name="way"
                  class="mt-0.5 size-5 flex-none accent-anil"
                  checked={way() === one}
                  onChange={() => setWay(one)}
                />
                <span class="min-w-0 flex-1">
                  <span class="block">{words().ways[one].name}</span>
                  <span class="block text-meta text-ink-2">{words().ways[one].help}</span>
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <TextArea
          label={words().reason}
          hint={words().reasonHint}
          error={wrong() ? words().reasonWrong : null}
          maxlength={300}
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <div class="flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind="primary" type="submit" busy={action.busy()}>
            {words().decide}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
