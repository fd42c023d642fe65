import Download from 'lucide-solid/icons/download'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { createSignal, Show } from 'solid-js'
import type { checkAudit, exportAudit } from '#contract/audit.ts'
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import { call, callForFile } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { saveFile } from '../../lib/copy.ts'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { createAction } from '../../api/create-action.ts'

export type AuditFilter = InputOf<typeof exportAudit>

/** A whole log may take a while to be written out or worked out again. */
const LONG_MS = 60_000

/** The log as a file, and the proof that nobody has touched it. */
export function AuditTools(props: { filter: AuditFilter }) {
  const exporting = createAction()
  const checking = createAction()
  const [chain, setChain] = createSignal<OutputOf<typeof checkAudit> | null>(null)

  async function save() {
    const { blob, headers } = await callForFile(api.exportAudit, props.filter, { timeoutMs: LONG_MS })
    saveFile(`auditoria-${new Date().toISOString().slice(0, 10)}.csv`, blob)
    const left = Number(headers.get('x-rows-left') ?? 0)
    say(left > 0 ? team().audit.exportedPart(left) : team().audit.exported)
  }

  async function check() {
    setChain(null)
    setChain(await call(api.checkAudit, {}, { timeoutMs: LONG_MS }))
  }

  return (
    <>
      <div class="flex flex-wrap gap-2">
        <Button icon={Download} busy={exporting.busy()} onClick={() => void exporting.run(save)}>
          {team().audit.export}
        </Button>
        <Button icon={ShieldCheck} busy={checking.busy()} onClick={() => void checking.run(check)}>
          {team().audit.check}
        </Button>
      </div>
      <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
        {exporting.error() ?? checking.error()}
      </p>
      <div role="status">
        <Show when={chain()}>
          {(found) => (
            <p
              class="mt-3 rounded-segment px-3 py-2 text-small"
              classList={{
                'bg-eucalipto-tint text-eucalipto': found().brokenAt === null,
                'bg-cochinilla-tint': found().brokenAt !== null,
              }}
            >
              {chainWords(found())}
            </p>
          )}
        </Show>
      </div>
    </>
  )
}

function chainWords({ entries, brokenAt }: OutputOf<typeof checkAudit>): string {
  if (brokenAt !== null) return team().audit.chainBroken(brokenAt)
  return entries > 0 ? team().audit.chainWhole(entries) : team().audit.chainEmpty
}
