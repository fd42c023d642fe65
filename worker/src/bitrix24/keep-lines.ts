/** What is bound to open lines, kept true in the portal: after installations, after changes here, and when a try failed before. */
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { databaseOf } from '../lib/sql.ts'
import { lineOf } from './line-verdicts.ts'
import { asking, clearLine, isPassing, setLine, type Call, type Refused } from './lines.ts'
import { DOOR, registration } from './lines.rules.ts'
import * as store from './lines.store.ts'
import { addressOf, portalOf } from './surroundings.ts'

type Failure = { what: string; code: string }

/** The tile of the Contact Center behind which a number is bound. */
export async function openDoor(env: Env, call: Call, appId: string | null): Promise<Failure[]> {
  const params = registration(DOOR, 'WhatsApp · WhatsappB24', addressOf(env, 'connector', appId), false)
  const called = await asking(call, `line|${DOOR}`)('imconnector.register', params)
  return called.ok ? [] : [{ what: DOOR, code: called.code }]
}

/** Makes the portal agree. Gives what it did not take; the bindings say so too, and are tried again. */
export async function keepLines(
  env: Env,
  call: Call,
  { portalId, appId }: { portalId: string; appId: string | null },
  all: boolean,
): Promise<Failure[]> {
  const db = databaseOf(env)
  const due = await store.linesDue(db, portalId, all)
  const failures: Failure[] = []
  for (const line of due.set) {
    const refused =
      (line.isBroken ? await stillBroken(call, line) : null) ?? (await setLine(call, addressOf(env, 'connector', appId), line))
    // A portal that is only away says nothing of its lines.
    if (!refused || !isPassing(refused.kind)) await wakeJobs(env, await store.lineTold(db, line.id, refused?.code ?? null))
    if (refused) failures.push({ what: line.connector, code: refused.code })
  }
  for (const line of due.clear) {
    if (await clearLine(call, line)) await store.lineCleared(db, line.id)
    else failures.push({ what: line.connector, code: 'not_cleared' })
  }
  return failures
}

/** A line that somebody switched off, or took away, is not ours to mend: its connector would be taken, and no message. Null: it is there. */
async function stillBroken(call: Call, { connector, line }: { connector: string; line: number }): Promise<Refused | null> {
  const config = await asking(call, `line|${connector}`)('imopenlines.config.get', { CONFIG_ID: line })
  if (!config.ok) return config
  const { code } = lineOf(config.result)
  return code === null ? null : { ok: false, kind: 'denied', code, text: '', againAt: null }
}

/** A job: a number of this portal was renamed, moved to another phone, or put away. */
export async function linesJob(env: Env, accountId: string, portalId: string) {
  const name = await store.portalInner(databaseOf(env), accountId, portalId)
  if (!name) return { done: true as const }
  const [failure] = await portalOf(env, name).lines(false)
  return failure ? { done: false as const, again: true, code: failure.code } : { done: true as const }
}
