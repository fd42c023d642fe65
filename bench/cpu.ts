/** CPU time of processes, from /proc: what a message costs, whatever else the machine is doing. */
import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10

type Stat = { parent: number; ownTicks: number; reapedTicks: number }

/** Fields as in proc(5); the name in brackets may hold spaces. Null when the process is gone. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15)
    return { parent: fields[1] ?? 0, ownTicks: utime + stime, reapedTicks: cutime + cstime }
  } catch {
    return null
  }
}

/** Milliseconds of CPU that a process, its living children and those it has already buried have used. */
export function cpuMs(root: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(Number(name))
      return stat ? [{ pid: Number(name), ...stat }] : []
    })
  const below = (pid: number): number =>
    stats
      .filter(({ parent }) => parent === pid)
      .reduce((sum, child) => sum + child.ownTicks + child.reapedTicks + below(child.pid), 0)
  const own = stats.find(({ pid }) => pid === root)
  return own ? (own.ownTicks + own.reapedTicks + below(root)) * TICK_MS : 0
}
