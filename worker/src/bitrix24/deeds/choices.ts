import type { Env } from '../../lib/env.ts'
import { databaseOf } from '../../lib/sql.ts'
import { deedChoices } from './deeds.store.ts'
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
