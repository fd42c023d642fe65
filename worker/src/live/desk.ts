import type { Env } from '../lib/env.ts'
import type { DeskObject } from './desk-object.ts'

/** The Desk of an account. A stub that threw is broken: take a new one for each try. */
export function deskOf(env: Env, accountId: string): DurableObjectStub<DeskObject> {
  return env.DESKS.get(env.DESKS.idFromName(accountId))
}
