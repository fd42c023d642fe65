/** A part of the world goes away for longer than any patience, while customers write and agents answer. */
import { pause } from '../chaos/until.ts'
import { SCALE, type Linked, type Stage } from './stage.ts'

export const OUTAGE_MS = 60_000 * SCALE

export type Outage = {
  name: string
  /** Takes things away, and gives them back. */
  happens(stage: Stage, first: Linked, second: Linked): Promise<void>
  /** How the traces of the first and of the second number's messages explain their delay. */
  explained: readonly [string, string]
}

export const OUTAGES: readonly Outage[] = [
  {
    // Each for a minute, and half a minute of it both at once.
    name: 'the database is away, and WhatsApp for one number',
    async happens({ house, nodes }, _first, second) {
      const line = nodes.of(second.channelId)?.line
      line?.away(true)
      await pause(OUTAGE_MS / 2)
      await house.postgres?.stop('immediate')
      await pause(OUTAGE_MS / 2)
      line?.away(false)
      await pause(OUTAGE_MS / 2)
      await house.postgres?.start()
    },
    explained: ['stored_late', 'waits_at_number'],
  },
  {
    // It stands still with all its sockets, as a data centre whose network is gone.
    name: 'the Worker is away',
    async happens({ house }) {
      const pid = house.worker.runtimePid()
      if (pid === null) throw new Error('the Worker does not run')
      process.kill(pid, 'SIGSTOP')
      await pause(OUTAGE_MS)
      process.kill(pid, 'SIGCONT')
    },
    explained: ['received_late', 'received_late'],
  },
]
