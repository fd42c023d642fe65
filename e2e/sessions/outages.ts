/** A part of the world goes away for longer than any patience, while customers write and agents answer. */
import type { Stage } from './stage.ts'

export type Outage = {
  name: string
  begin(stage: Stage): Promise<void> | void
  end(stage: Stage): Promise<void> | void
}

function runtime({ house }: Stage): number {
  const pid = house.worker.runtimePid()
  if (pid === null) throw new Error('the Worker does not run')
  return pid
}

export const OUTAGES: readonly Outage[] = [
  {
    name: 'the database',
    begin: async ({ house }) => house.postgres?.stop('immediate'),
    end: async ({ house }) => house.postgres?.start(),
  },
  {
    // It stands still with all its sockets, as a data centre whose network is gone.
    name: 'the Worker',
    begin: (stage) => void process.kill(runtime(stage), 'SIGSTOP'),
    end: (stage) => void process.kill(runtime(stage), 'SIGCONT'),
  },
  {
    name: 'WhatsApp',
    begin: ({ nodes }) => nodes.each(({ line }) => line.away(true)),
    end: ({ nodes }) => nodes.each(({ line }) => line.away(false)),
  },
]
