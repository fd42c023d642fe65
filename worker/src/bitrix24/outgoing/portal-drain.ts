/** The drain with the whole house around it: the portal's database rows, its queue of calls, our files. */
import { settingsOf, type Env } from '../../lib/env.ts'
import { newId } from '../../lib/ids.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { signLink } from '../../lib/signed-link.ts'
import { databaseOf } from '../../lib/sql.ts'
import type { Called, Wanted } from '../call-queue.ts'
import { portalOf } from '../surroundings.ts'
import { Drain } from './drain.ts'
import * as store from './outgoing.store.ts'

/** The portal reads a file while it answers, or soon after. */
const LINK_MS = 24 * 3_600_000

/** Tells the portal everything that may go now; when something may again, null for never. `broken`: a line took no message. */
export function drainPortal(
  env: Env,
  portalId: string,
  call: (wanted: Wanted) => Promise<Called>,
  broken: (code: string) => Promise<void>,
): Promise<number | null> {
  const db = databaseOf(env)
  // What an earlier run left under way is another life's: it is looked at again.
  const life = newId()
  const { keyring, appUrl } = settingsOf(env)
  return new Drain({
    take: (limit) => store.take(db, portalId, life, limit),
    settle: async (outcomes) => {
      await wakeJobs(env, await store.settle(db, portalId, outcomes))
      const problem = outcomes.find(({ lineProblem }) => lineProblem !== undefined)?.lineProblem
      if (problem !== undefined) await broken(problem)
    },
    post: (postings) => store.post(db, portalId, postings),
    call,
    // The name stands at the end: whoever looks at an address alone sees what kind of file it is.
    link: async (file) =>
      `${appUrl}/files/${await signLink(file, Date.now() + LINK_MS, keyring)}/${encodeURIComponent(file.name)}`,
    now: () => Date.now(),
    sleep: (ms) => scheduler.wait(ms),
  }).run()
}

/** Something waits for this portal: its object looks. */
export async function wakePortal(env: Env, portalId: string): Promise<void> {
  const name = await store.objectOf(env, portalId)
  if (name) await portalOf(env, name).wake()
}

export { portalsDue } from './outgoing.store.ts'
