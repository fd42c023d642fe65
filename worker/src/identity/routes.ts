import * as session from '#contract/session.ts'
import type { App } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, meOf } from './caller.ts'
import { auditRoutes } from './audit.ts'
import { teamRoutes, type Told } from './people.ts'
import { sessionRoutes } from './session-routes.ts'

export type { Told } from './people.ts'

/** Who am I; signing in and out; people, roles, audit. `told` carries what others must hear. */
export function identityRoutes(app: App, told: Told): void {
  sessionRoutes(app, told.ended)
  teamRoutes(app, told)
  auditRoutes(app, told)

  serve(app, session.getMe, async (c) => {
    const { caller } = await call(c, 'signed-in', null, {})
    return meOf(caller)
  })

  serve(app, session.changeLanguage, async (c, { language }) => {
    await call(c, 'signed-in', 'api_language', { language })
    return { done: true }
  })
}
