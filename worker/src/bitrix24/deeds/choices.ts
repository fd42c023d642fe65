/** What robots and senders of a portal choose from: numbers and templates of the company, and whether the portal knows them. */
import { channelByKey, readTemplates } from '../../channels/index.ts'
import type { Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import type { PortalStore } from '../portal-store.ts'
import { deedChoices, templatesDue } from './deeds.store.ts'
import type { Choices } from './registration.ts'

const LOOK_EVERY_MS = 3_600_000

/** What robots of a portal may choose from; null: nobody can say now. */
export async function choicesOf(env: Env, portalId: string | null): Promise<Choices | null> {
  return portalId === null ? null : deedChoices(databaseOf(env), portalId).catch(() => null)
}

/** Is there something else to choose from than what was `registered`? While nobody can say, nothing is new. */
export async function hasNewChoices(env: Env, portalId: string | null, registered: string | null): Promise<boolean> {
  const choices = await choicesOf(env, portalId)
  return choices !== null && JSON.stringify(choices) !== registered
}

/** Asks providers for templates that nobody has looked at for long: nobody has to open them here before a robot may send them. */
async function readDueTemplates(env: Env, portalId: string): Promise<void> {
  try {
    for (const key of await templatesDue(databaseOf(env), portalId)) {
      const channel = await channelByKey(env, key)
      if (channel) await readTemplates(env, channel)
    }
  } catch (error) {
    log('warn', { event: 'portal_templates_not_read', error: errorText(error) })
  }
}

/** What the portal was told that one may choose from, and when that is looked at again. */
export class ChoicesTold {
  private readonly env: Env
  private readonly store: PortalStore

  constructor(env: Env, store: PortalStore) {
    this.env = env
    this.store = store
  }

  told(choices: Choices | null): void {
    this.store.set('choices', choices && JSON.stringify(choices))
  }

  /** A number came here: the next look is due at once. */
  lookSoon(): void {
    this.store.set('choicesSeen', null)
  }

  /** Asked of the database and of providers now and then, not with every alarm: while something waits for the portal there are many. */
  async areNew(portalId: string | null, now: number): Promise<boolean> {
    if (portalId === null || now < (this.store.get('choicesSeen', Number) ?? 0) + LOOK_EVERY_MS) return false
    this.store.set('choicesSeen', now)
    await readDueTemplates(this.env, portalId)
    return hasNewChoices(this.env, portalId, this.store.get('choices', String))
  }
}
