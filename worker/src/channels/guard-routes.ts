/** The guardian of unofficial numbers: contract/guard.ts. */
import * as guard from '#contract/guard.ts'
import * as z from 'zod'
import type { App } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { channelByKey } from './lines.ts'

const Inner = z.object({ key: z.string() })

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
    const { result: inner } = await call(c, 'channels.manage', 'api_channel_inner', { channelId: input.channelId })
    await channelByKey(c.env, Inner.parse(JSON.parse(inner ?? '{}')).key, 0)
    return new RawJson(result)
  })
}
