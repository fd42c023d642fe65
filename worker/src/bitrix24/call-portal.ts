/** Calls a portal from outside its object. What comes over that border is checked here: its type does not survive the way. */
import * as z from 'zod'
import type { Env } from '../lib/env.ts'
import type { Wanted } from './call-queue.ts'
import { portalOf, type PortalName } from './surroundings.ts'

const Answered = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), kind: z.string(), code: z.string(), text: z.string(), againAt: z.nullable(z.number()) }),
])
export type Answered = z.infer<typeof Answered>

export async function callPortal(env: Env, name: PortalName, wanted: Wanted): Promise<Answered> {
  return Answered.parse(await portalOf(env, name).call(wanted))
}
