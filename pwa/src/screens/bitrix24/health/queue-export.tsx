import Download from 'lucide-solid/icons/download'
import { callForFile } from '../../../api/call.ts'
import { createAction } from '../../../api/create-action.ts'
import * as api from '../../../api/portal-endpoints.ts'
import { saveFile } from '../../../lib/copy.ts'
import { today } from '../../../text/format.ts'
import { healthText } from '../../../text/portal-health.ts'
import { Button } from '../../../ui/button.tsx'
import type { Part } from './create-queue.ts'

/** A file of thousands of rows takes its time. */
const LONG_MS = 60_000

/** The part of the queue that is shown, as a file; or the way of each of its messages. */
export function QueueExport(props: { portalId: string; part: Part }) {
  const saving = createAction()
  async function save(traces: boolean) {
    const input = { portalId: props.portalId, ...props.part, ...(traces && { traces: 'true' as const }) }
    const { blob } = await callForFile(api.exportPortalQueue, input, { timeoutMs: LONG_MS })
    saveFile(`bitrix24-${traces ? 'caminos' : 'cola'}-${today()}.csv`, blob)
  }
  return (
    <div class="flex flex-wrap gap-2">
      <Button kind="quiet" icon={Download} busy={saving.busy()} onClick={() => void saving.run(save.bind(null, false))}>
        {healthText().export}
      </Button>
      <Button kind="quiet" icon={Download} busy={saving.busy()} onClick={() => void saving.run(save.bind(null, true))}>
        {healthText().exportTraces}
      </Button>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {saving.error()}
      </p>
    </div>
  )
}
