import { setCookie } from 'hono/cookie'
import * as session from '#contract/session.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { databaseOf } from '../lib/sql.ts'
import { call, cookieName, tokenHash, tokenOf } from './caller.ts'
import { sessionEnd } from './identity.store.ts'
import { signIn } from './sign-in.ts'

const COOKIE_DAYS = 90

function keepToken(c: Request, token: string, maxAge: number): void {
  const secure = new URL(c.req.url).protocol === 'https:'
  setCookie(c, cookieName(secure), token, { httpOnly: true, secure, sameSite: 'Lax', path: '/', maxAge })
}

/** Sign-in, who am I, sign-out. `ended` is told which session to close the sockets of. */
export function identityRoutes(app: App, ended: (c: Request, accountId: string, sessionId: string) => Promise<void>): void {
  serve(app, session.signIn, async (c, input) => {
    const answer = await signIn(c, input)
    keepToken(c, answer.token, COOKIE_DAYS * 86_400)
    return c.json(answer)
  })

  serve(app, session.getMe, async (c) => {
    const { caller } = await call(c, 'signed-in', null, {})
    const { person, account, permissions } = caller
    return new RawJson(JSON.stringify({ person, account, permissions }))
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
