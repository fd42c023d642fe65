/** Everything of contract/session.ts that is about coming in, going out and proving who one is. */
import { setCookie } from 'hono/cookie'
import * as session from '#contract/session.ts'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import type { SignedIn } from './begin.ts'
import { cookieName } from './caller.ts'
import { endDevice, endOtherDevices, endThis, listDevices } from './devices.ts'
import { beginTotp, confirmTotp, listFactors, removeTotp } from './factors.ts'
import { readLink, useLink } from './links.ts'
import { changePassword, type Ended } from './own.ts'
import { addPasskey, beginPasskey, beginPasskeySignIn, removePasskey, signInWithPasskey } from './passkeys.ts'
import { signIn } from './sign-in.ts'
import { signUp } from './sign-up.ts'

const COOKIE_DAYS = 90

function keepToken(c: Request, token: string, maxAge: number): void {
  const secure = new URL(c.req.url).protocol === 'https:'
  setCookie(c, cookieName(secure), token, { httpOnly: true, secure, sameSite: 'Lax', path: '/', maxAge })
}

/** The token goes out twice: in the answer for scripts, as a cookie for the app. */
function withCookie(c: Request, answer: SignedIn): Response {
  keepSession(c, answer.token)
  return c.json(answer)
}

/** The app's own cookie, for a session that has begun. */
export function keepSession(c: Request, token: string): void {
  keepToken(c, token, COOKIE_DAYS * 86_400)
}

function waysIn(app: App, ended: Ended): void {
  serve(app, session.signIn, async (c, input) => withCookie(c, await signIn(c, input)))
  serve(app, session.signUp, async (c, input) => withCookie(c, await signUp(c, input)))
  serve(app, session.readLink, readLink)
  serve(app, session.useLink, async (c, input) => withCookie(c, await useLink(c, input, ended.bind(null, c))))
  serve(app, session.beginPasskeySignIn, beginPasskeySignIn)
  serve(app, session.signInWithPasskey, async (c, input) => withCookie(c, await signInWithPasskey(c, input)))
  serve(app, session.signOut, async (c) => {
    await endThis(c, ended)
    keepToken(c, '', 0)
    // The phone forgets what it cached with the session that brought it.
    c.header('clear-site-data', '"cache", "storage"')
    return c.json({ done: true })
  })
}

/** `ended` closes the sockets of one session, or of all of a person. */
export function sessionRoutes(app: App, ended: Ended): void {
  waysIn(app, ended)
  serve(app, session.changePassword, (c, input) => changePassword(c, input, ended))
  serve(app, session.listDevices, listDevices)
  serve(app, session.endDevice, (c, input) => endDevice(c, input, ended))
  serve(app, session.endOtherDevices, (c) => endOtherDevices(c, ended))
  serve(app, session.listFactors, listFactors)
  serve(app, session.beginTotp, beginTotp)
  serve(app, session.confirmTotp, (c, input) => confirmTotp(c, input, ended))
  serve(app, session.removeTotp, (c, input) => removeTotp(c, input, ended))
  serve(app, session.beginPasskey, beginPasskey)
  serve(app, session.addPasskey, addPasskey)
  serve(app, session.removePasskey, (c, input) => removePasskey(c, input, ended))
}
