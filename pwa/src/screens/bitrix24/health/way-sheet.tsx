import { Show } from 'solid-js'
import { call } from '../../../api/call.ts'
import * as api from '../../../api/endpoints.ts'
import { createAsked } from '../../../live/create-asked.ts'
import { LoadProblem } from '../../../load-problem.tsx'
import { healthText } from '../../../text/portal-health.ts'
import { t } from '../../../text/text.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { MessageWay } from '../../../message-way.tsx'

/** The way of a message of the queue: every hop, Bitrix24's too. */
export function WaySheet(props: { messageId: string; close: () => void }) {
  const asked = createAsked(() => call(api.getTrace, { messageId: props.messageId }))
  return (
    <Sheet title={healthText().traceTitle} closeLabel={t().app.close} close={props.close}>
      <div class="p-5">
        <LoadProblem of={asked} title={t().trace.failed} />
        <p role="status" class="text-ink-3 empty:hidden">
          {asked.loading() && !asked.items() ? t().trace.loading : null}
        </p>
        <Show when={asked.items()}>{(trace) => <MessageWay trace={trace()} />}</Show>
      </div>
    </Sheet>
  )
}
