import { createSignal, For } from 'solid-js'
import type { ReconItem } from '#contract/reconciliation.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/reconciliation-endpoints.ts'
import { ReasonSheet } from '../../reason-sheet.tsx'
import { reconciliationText } from '../../text/reconciliation.ts'
import { say } from '../../ui/toast.tsx'
import { amountText } from './amount.ts'

const WAYS = ['noted', 'booked'] as const
const LEAST_LETTERS = 3

/** A person's word over a difference. */
export function DecideSheet(props: { item: ReconItem; done: () => void; close: () => void }) {
  const words = () => reconciliationText()
  const action = createAction()
  const [way, setWay] = createSignal<(typeof WAYS)[number]>('noted')
  const difference = () => amountText(BigInt(props.item.theirs) - BigInt(props.item.ours), props.item.currency)
  const ofReason = () => {
    const { reason, reasonHint: hint, reasonWrong: short } = words()
    return { reason, hint, short, least: LEAST_LETTERS }
  }

  function save(reason: string): void {
    const input = { itemId: props.item.id, isBooked: way() === 'booked', reason }
    const { done } = props
    void action.run(async () => {
      await call(api.decideReconItem, input)
      say(words().decided)
      done()
    })
  }

  return (
    <ReasonSheet
      title={words().decideTitle}
      help={words().decideHelp(difference())}
      doIt={words().decide}
      words={ofReason()}
      action={action}
      send={save}
      close={props.close}
    >
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
    </ReasonSheet>
  )
}
