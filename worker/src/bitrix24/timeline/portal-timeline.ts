/** The timeline with the house around it: the portal's rows, its queue of calls, the address of our app. */
import { settingsOf, type Env } from '../../lib/env.ts'
import { databaseOf } from '../../lib/sql.ts'
import type { Called, Wanted } from '../call-queue.ts'
import { tellNames } from './names.ts'
import { tellEntries, type TimelineWorld } from './tell-timeline.ts'
import * as store from './timeline.store.ts'

/**
 * Tells the portal every entry and every name that is due; when one is again, null for never. In turns: where there is always
 * an entry that is due, names are told all the same.
 */
export async function keepTimeline(
  env: Env,
  portalId: string,
  call: (wanted: Wanted) => Promise<Called>,
): Promise<number | null> {
  const db = databaseOf(env)
  const { appUrl } = settingsOf(env)
  const world: TimelineWorld = {
    take: (limit) => store.takeEntries(db, portalId, limit),
    settle: (outcomes) => store.settleEntries(db, portalId, outcomes),
    call,
    chatUrl: (chatId) => `${appUrl}/chats/${chatId}`,
    now: () => Date.now(),
  }
  for (;;) {
    const named = await tellNames(db, portalId, call)
    const told = await tellEntries(world)
    if (told !== 'more') return named === null || told === null ? (named ?? told) : Math.min(named, told)
  }
}
