/**
 * PostgreSQL refuses to run as root. Where a newcomer is root (a container, a server), it runs as the system's own
 * unprivileged user, who may be unable to enter the folder that holds the project: then he is lent that one right.
 */
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs'

export type RunAs = {
  uid?: number
  gid?: number
  /** What stands before the program's own name. */
  prefix: string[]
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
}

/** Data that exist keep their owner; new ones get `postgres` where the machine has it, else `nobody`. */
function ownerOf(dataDir: string): { uid: number; gid: number } {
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir)
    if (uid !== 0) return { uid, gid }
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      // Not on this machine: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody"')
}

function works(as: RunAs, program: string, dataDir: string): boolean {
  const [file = program, ...args] = [...as.prefix, program, '--version']
  try {
    execFileSync(file, args, { uid: as.uid, gid: as.gid, cwd: '/', stdio: 'ignore' })
    const [tester = 'test', ...rest] = [...as.prefix, 'test', '-x', dataDir]
    execFileSync(tester, rest, { uid: as.uid, gid: as.gid, cwd: '/', stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Makes `dataDir` and says as whom `program` runs on it. Throws a line that names the folder that is in the way. */
export function runAs(program: string, dataDir: string): RunAs {
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return { prefix: [] }
  }
  const { uid, gid } = ownerOf(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chownSync(dataDir, uid, gid)
  const plain = { uid, gid, prefix: [] }
  if (works(plain, program, dataDir)) return plain
  // no_setuid_fixup: otherwise access(2) forgets the right that was lent.
  const lent = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const helped = { prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...lent, '--'] }
  if (works(helped, program, dataDir)) return helped
  throw new Error(
    `PostgreSQL does not run as root, and the user with id ${uid} cannot enter ${dataDir} or ${program}: ` +
      'start as another user, or keep the project and DATA_DIR where everybody may enter',
  )
}
