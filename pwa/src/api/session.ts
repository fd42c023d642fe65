/** Who is signed in on this phone. Offline, the last answer counts: the shell opens and what is stored can be read. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { Me } from '#contract/session.ts'
import { call, onSignedOut } from './call.ts'
import { forgetEarly } from './early.ts'
import * as api from './first-endpoints.ts'
import { problemOf } from './problem.rules.ts'

const STORED = 'me'
/** A literal: what keeps it is loaded later than this. */
const STILL = 'still'

export type Session = { state: 'asking' } | { state: 'out'; last: Me | null } | { state: 'in'; me: Me }

const [session, setSession] = createSignal<Session>({ state: 'asking' })

export { session }

/** Finds out who is signed in: from the phone at once, then from the server. */
export async function startSession(): Promise<void> {
  onSignedOut(() => {
    const now = session()
    if (now.state !== 'out') leave(now.state === 'in' ? now.me : stored())
  })
  const known = stored()
  if (known) setSession({ state: 'in', me: known })
  await refreshSession()
}

/** Asks the server again who we are. Only "signed out" changes anything; a bad network does not. */
export async function refreshSession(): Promise<void> {
  try {
    enter(await call(api.getMe, {}))
  } catch (error) {
    const problem = problemOf(error)
    // Nobody was here before, and nobody can be asked: sign-in says that it needs the network.
    if (problem.code === 'signed_out' || session().state === 'asking') leave(stored())
  }
}

/** Signs in. Throws ApiProblem: `code_needed` asks for the same again with a code. */
export async function signIn(email: string, password: string, code?: string): Promise<void> {
  await call(api.signIn, { email, password, ...(code ? { code } : {}) })
  await enterSignedIn()
}

/** The server has just signed this phone in, by whatever way: the desk opens. Throws ApiProblem. */
export async function enterSignedIn(): Promise<void> {
  forgetEarly()
  enter(await call(api.getMe, {}))
}

/** Ends the session here and at the server. Throws ApiProblem when the server cannot be told. */
export async function signOut(): Promise<void> {
  await call(api.signOut, {})
  localStorage.removeItem(STORED)
  leave(null)
}

/** Nothing of what was on the screen stays (still.ts). `last`: who was here. */
function leave(last: Me | null): void {
  localStorage.removeItem(STILL)
  setSession({ state: 'out', last })
}

/** The person changed their language: the same session, other words. */
export function noteLanguage(language: Language): void {
  const now = session()
  if (now.state === 'in') enter({ ...now.me, person: { ...now.me.person, language } })
}

/** What the live stream says of this person: shown at once, and kept for the next start without a network. */
export function noteMe(me: Me): void {
  const now = session()
  if (now.state === 'in' && now.me.person.id === me.person.id) enter(me)
}

function enter(me: Me): void {
  const text = JSON.stringify(me)
  const now = session()
  if (now.state === 'in' && localStorage.getItem(STORED) === text) return
  localStorage.setItem(STORED, text)
  setSession({ state: 'in', me })
}

function stored(): Me | null {
  const text = localStorage.getItem(STORED)
  if (!text) return null
  // A phone of last month kept no reaches.
  const me: Me = { grants: {}, ...JSON.parse(text) }
  return me
}
