/** The guardian of unofficial numbers: contract/guard.ts. */
import * as guard from '#contract/guard.ts'
import type { App } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import { wakeSession } from './session-port.ts'

export function guardRoutes(app: App): void {
  serve(app, guard.getGuard, async (c, input) => {
    const { result } = await callKnown(c, 'channels.read', 'api_guard', input)
    return new RawJson(result)
  })
  serve(app, guard.changeGuard, async (c, input) => {
    const { result } = await callKnown(c, 'channels.manage', 'api_guard_set', input)
    // What leaves from here on leaves at the new pace.
    await wakeSession(c.env, { id: input.channelId, kind: 'session' })
    return new RawJson(result)
  })
}
