/** What is staged on the employees' screen is kept at the server: a frame of Bitrix24 may have no store that outlives a reload. */
import type { Employees } from '#contract/employees.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/portal-endpoints.ts'
import type { Staged } from './employees.rules.ts'

type PortalId = Employees['portalId']
type Kept = Employees['staged']
/** Of each portal: what is to be kept next, and the sending that is under way. It outlives the screen. */
type Line = { wanted: Kept | null; sending: Promise<boolean> | null }
const lines = new Map<PortalId, Line>()

export const asKept = (staged: Staged): Kept => Object.entries(staged).map(([userId, { from, to }]) => ({ userId, from, to }))

export const asStaged = (kept: Kept): Staged => Object.fromEntries(kept.map(({ userId, from, to }) => [userId, { from, to }]))

async function send(portalId: PortalId, line: Line): Promise<boolean> {
  let isKept = true
  while (line.wanted) {
    const changes = line.wanted
    line.wanted = null
    isKept = await call(api.stageEmployeeRoles, { portalId, changes }).then(
      () => true,
      () => false,
    )
  }
  line.sending = null
  return isKept
}

/** Keeps it, one sending after the other, the latest alone; whether it is kept now. */
export function keepStaged(portalId: PortalId, staged: Staged): Promise<boolean> {
  const line = lines.get(portalId) ?? { wanted: null, sending: null }
  lines.set(portalId, line)
  line.wanted = asKept(staged)
  line.sending ??= send(portalId, line)
  return line.sending
}

/** Whoever reads the list waits for what is on its way: an answer from before it would bring back what was taken off. */
export async function whenKept(portalId: PortalId): Promise<void> {
  await lines.get(portalId)?.sending
}
