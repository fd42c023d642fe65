/** Processes by their identity: a number alone may belong to a stranger tomorrow, so their start is remembered with it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const Known = z.object({ pid: z.number(), since: z.string() })

/** In the data folder: which process keeps a house. */
export const HOUSE_FILE = 'house.pid'

const LINUX = existsSync('/proc/self/stat')

/** When a process began, in its system's own words; null when it is not there (or only waits to be buried). */
function sinceOf(pid: number): string | null {
  try {
    if (!LINUX) return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
    // `pid (name) state ppid …`: the name may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

export function remember(file: string, pid: number): void {
  const since = sinceOf(pid)
  if (since !== null) writeFileSync(file, JSON.stringify({ pid, since }))
}

/** The remembered process, if that very one still runs. */
export function recall(file: string): number | null {
  try {
    const { pid, since } = Known.parse(JSON.parse(readFileSync(file, 'utf8')))
    return sinceOf(pid) === since ? pid : null
  } catch {
    return null
  }
}

export function forget(file: string): void {
  rmSync(file, { force: true })
}

export function killQuietly(pid: number | null): void {
  if (!pid) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

/** Children of a process whose command holds `word`. */
export function childNamed(parent: number, word: string): number | null {
  if (LINUX) {
    try {
      const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean)
      return Number(children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word))) || null
    } catch {
      // A kernel without that file: as elsewhere.
    }
  }
  try {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 8_000_000 }).split('\n')
    const line = lines.find((text) => text.trim().split(/\s+/)[1] === String(parent) && text.includes(word))
    return Number(line?.trim().split(/\s+/)[0]) || null
  } catch {
    return null
  }
}

/** For tests: living processes that hold `mark` in their environment or arguments, which children inherit. */
export function processesWith(mark: string): number[] {
  if (!LINUX) {
    const lines = execFileSync('ps', ['-A', '-E', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 64_000_000 }).split('\n')
    return lines.filter((line) => line.includes(mark)).map((line) => Number.parseInt(line, 10))
  }
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return pids.filter((pid) => {
    try {
      const said = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return pid !== process.pid && said.includes(mark) && sinceOf(pid) !== null
    } catch {
      return false
    }
  })
}
