import { createSignal } from 'solid-js'
import type { ALARM_MINUTES, Portal } from '#contract/bitrix24.ts'
import { call } from '../../../api/call.ts'
import { createAction } from '../../../api/create-action.ts'
import * as api from '../../../api/portal-endpoints.ts'
import { healthText } from '../../../text/portal-health.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { say } from '../../../ui/toast.tsx'
import { Part } from '../part.tsx'

// As the contract has them: its file would bring the checks of every input to the phone.
const MINUTES: typeof ALARM_MINUTES = { min: 5, max: 240 }

/** After how many minutes what waits wakes the administrators. */
export function AlarmPart(props: { portal: Portal; changed: (portal: Portal) => void }) {
  const action = createAction()
  const [typed, setTyped] = createSignal<string | null>(null)

  async function save() {
    const alarmMinutes = Number(typed())
    props.changed(await call(api.changePortal, { portalId: props.portal.id, alarmMinutes }))
    setTyped(null)
    say(healthText().saved)
  }

  return (
    <Part title={healthText().alarm} help={healthText().alarmHelp}>
      <form
        class="mt-3 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Field
          class="min-w-0 flex-1"
          label={healthText().alarmMinutes(MINUTES.min, MINUTES.max)}
          type="number"
          inputmode="numeric"
          required
          min={MINUTES.min}
          max={MINUTES.max}
          value={typed() ?? props.portal.alarmMinutes}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" busy={action.busy()} disabled={typed() === null}>
          {healthText().save}
        </Button>
      </form>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </Part>
  )
}
