import { setCookie } from 'hono/cookie'
import * as session from '#contract/session.ts'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { databaseOf } from '../lib/sql.ts'
import { call, meOf, cookieName, tokenHash, tokenOf } from './caller.ts'
import { sessionEnd } from './identity.store.ts'
import { auditRoutes } from './audit.ts'
import { teamRoutes, type Told } from './people.ts'
import { signIn } from './sign-in.ts'

const COOKIE_DAYS = 90

function keepToken(c: Request, token: string, maxAge: number): void {
  const secure = new URL(c.req.url).protocol === 'https:'
  setCookie(c, cookieName(secure), token, { httpOnly: true, secure, sameSite: 'Lax', path: '/', maxAge })
}

export type { Told } from './people.ts'

/** Who am I; signing in and out; people, roles, audit. `told` carries what others must hear. */
export function identityRoutes(app: App, told: Told): void {
  const { ended } = told
  teamRoutes(app, told)
  auditRoutes(app, told)

  serve(app, session.signIn, async (c, input) => {
    const answer = await signIn(c, input)
    keepToken(c, answer.token, COOKIE_DAYS * 86_400)
    return c.json(answer)
  })

  serve(app, session.getMe, async (c) => {
    const { caller } = await call(c, 'signed-in', null, {})
    return meOf(caller)
  })

  serve(app, session.changeLanguage, async (c, { language }) => {
    await call(c, 'signed-in', 'api_language', { language })
    return { done: true }
  })

  serve(app, session.signOut, async (c) => {
    const { caller } = await call(c, 'signed-in', null, {})
    const found = tokenOf(c.req.raw)
    if (found) await sessionEnd(databaseOf(c.env), await tokenHash(found.token))
    keepToken(c, '', 0)
    await ended(c, caller.account.id, caller.sessionId)
    // The phone forgets what it cached with the session that brought it.
    c.header('clear-site-data', '"cache", "storage"')
    return c.json({ done: true })
  })
}
