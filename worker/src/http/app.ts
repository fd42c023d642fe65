/** The words that every HTTP file shares: our Hono application and what a request carries. */
import { Hono, type Context } from 'hono'
import type { Env } from '../lib/env.ts'

/** `tokenHash`: of a session that was proven in another way than by its token. */
export type Variables = { traceId: string; startedAt: number; tokenHash?: string }
type Ours = { Bindings: Env; Variables: Variables }
export type App = Hono<Ours>
export type Request = Context<Ours>

export function newApp(): App {
  return new Hono<Ours>({ strict: false })
}
