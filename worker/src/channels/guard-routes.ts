/** The guardian of unofficial numbers: contract/guard.ts. */
import * as guard from '#contract/guard.ts'
import type { App } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { wakeSession } from './session-port.ts'

export function guardRoutes(app: App): void {
  serve(app, guard.getGuard, async (c, input) => {
    const { result } = await call(c, 'channels.read', 'api_guard', input)
    if (result === null) throw new Refusal('not_found')
    return new RawJson(result)
  })
  serve(app, guard.changeGuard, async (c, input) => {
    const { result } = await call(c, 'channels.manage', 'api_guard_set', input)
    if (result === null) throw new Refusal('not_found')
    // What leaves from here on leaves at the new pace.
    await wakeSession(c.env, { id: input.channelId, kind: 'session' })
    return new RawJson(result)
  })
}
