/** What robots and senders of a portal choose from: numbers and templates of the company. */
import { channelByKey, readTemplates } from '../../channels/index.ts'
import type { Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import { deedChoices, templatesDue } from './deeds.store.ts'
import type { Choices } from './registration.ts'

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
export async function readDueTemplates(env: Env, portalId: string): Promise<void> {
  try {
    for (const key of await templatesDue(databaseOf(env), portalId)) {
      const channel = await channelByKey(env, key)
      if (channel) await readTemplates(env, channel)
    }
  } catch (error) {
    log('warn', { event: 'portal_templates_not_read', error: errorText(error) })
  }
}
