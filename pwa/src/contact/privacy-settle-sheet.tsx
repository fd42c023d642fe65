import { createSignal } from 'solid-js'
import type { PrivacyRequest } from '#contract/privacy.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/privacy-endpoints.ts'
import { privacyText } from '../text/privacy.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { say } from '../ui/toast.tsx'
import { PrivacyLine } from './privacy-line.tsx'

type PrivacySettleSheetProps = { request: PrivacyRequest; saved: (settled: PrivacyRequest) => void; close: () => void }

/** Saying how a request was answered, once. */
export function PrivacySettleSheet(props: PrivacySettleSheetProps) {
  const action = createAction()
  const words = () => privacyText()
  const [state, setState] = createSignal<'done' | 'refused'>('done')
  const [outcome, setOutcome] = createSignal('')

  async function save() {
    const answer = { privacyRequestId: props.request.id, state: state(), outcome: outcome().trim() }
    props.saved(await call(api.settlePrivacyRequest, answer))
    say(words().settled)
    props.close()
  }

  return (
    <Sheet title={words().settleTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <PrivacyLine request={props.request} />
        <p class="text-small text-ink-2">{words().kindHelp[props.request.kind]}</p>
        <Choice
          label={words().answer}
          value={state()}
          onChange={(event) => setState(event.currentTarget.value === 'refused' ? 'refused' : 'done')}
        >
          <option value="done">{words().states.done}</option>
          <option value="refused">{words().states.refused}</option>
        </Choice>
        <TextArea
          label={words().outcome}
          hint={words().outcomeHint}
          rows="3"
          minlength={3}
          maxlength={1000}
          required
          value={outcome()}
          onInput={(event) => setOutcome(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {words().save}
        </Button>
      </form>
    </Sheet>
  )
}
