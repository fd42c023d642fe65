import { createSignal, Show } from 'solid-js'
import type { makePortalCode } from '#contract/bitrix24.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { CopyLine } from '../../copy-line.tsx'
import { clockTime } from '../../text/format.ts'
import { portalsText } from '../../text/portals.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from './part.tsx'

/** The code with which a portal joins this company. It is shown once. */
export function JoinPart() {
  const action = createAction()
  const [made, setMade] = createSignal<OutputOf<typeof makePortalCode> | null>(null)
  return (
    <Part title={portalsText().joinTitle} help={portalsText().joinHelp}>
      <Show when={made()}>
        {(code) => (
          <>
            <CopyLine name={portalsText().codeName} copyLabel={portalsText().copyCode} value={code().linkCode} />
            <p class="nums mt-1 text-meta text-ink-3">{portalsText().until(clockTime(code().until))}</p>
          </>
        )}
      </Show>
      <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button
        kind={made() ? 'outlined' : 'primary'}
        class="mt-3"
        busy={action.busy()}
        onClick={() => void action.run(async () => void setMade(await call(api.makePortalCode, {})))}
      >
        {portalsText().make}
      </Button>
    </Part>
  )
}
