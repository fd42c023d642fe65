import { useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { call } from '../../../api/call.ts'
import * as api from '../../../api/portal-endpoints.ts'
import { lookAgain } from '../../../lib/look-again.ts'
import { createAsked } from '../../../live/create-asked.ts'
import { LoadProblem } from '../../../load-problem.tsx'
import { PartPage } from '../../../part-page.tsx'
import { healthText } from '../../../text/portal-health.ts'
import type { Portal } from '#contract/bitrix24.ts'
import type { LineHealth } from '#contract/portal-health.ts'
import { AlarmPart } from './alarm-part.tsx'
import { ConnectionPart } from './connection-part.tsx'
import { LOOK_EVERY_MS } from './create-queue.ts'
import { LinesHealth } from './lines-health.tsx'
import { QueuePart } from './queue-part.tsx'

/** How a portal does: its connection, its numbers, and everything that has not arrived yet, with what can be done about it. */
export default function PortalHealthScreen() {
  const params = useParams()
  const portalId = () => params['portalId'] ?? ''
  const asked = createAsked(() => call(api.getPortalHealth, { portalId: portalId() }))
  lookAgain(asked.again, LOOK_EVERY_MS)
  const put = (line: LineHealth) => {
    const now = asked.items()
    if (now) asked.put({ ...now, lines: now.lines.map((one) => (one.portalLine.id === line.portalLine.id ? line : one)) })
  }
  const putPortal = (portal: Portal) => {
    const now = asked.items()
    if (now) asked.put({ ...now, portal })
  }
  return (
    <PartPage title={healthText().title(asked.items()?.portal.domain ?? 'Bitrix24')} back="/settings/bitrix24">
      <LoadProblem of={asked} title={healthText().loadFailed} />
      <Show when={asked.items()}>
        {(health) => (
          <>
            <ConnectionPart portal={health().portal} now={health().now} />
            <LinesHealth lines={health().lines} loose={health().loose} changed={put} />
            <QueuePart portalId={portalId()} lines={health().lines} decided={() => void asked.again()} />
            <AlarmPart portal={health().portal} changed={putPortal} />
          </>
        )}
      </Show>
    </PartPage>
  )
}
