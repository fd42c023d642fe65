/** Passkeys: the browser's part and the server's, put together. The library is loaded when somebody uses one. */
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { Factors } from '#contract/session.ts'
import { call } from './call.ts'
import * as api from './endpoints.ts'
import { ApiProblem } from './problem.rules.ts'

type Json = Record<string, unknown>

/** Can this browser use passkeys at all? */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function'
}

/** Can it offer them inside the e-mail field? */
export async function hasPasskeyAutofill(): Promise<boolean> {
  if (!hasPasskeys() || !('isConditionalMediationAvailable' in PublicKeyCredential)) return false
  return await PublicKeyCredential.isConditionalMediationAvailable()
}

/** The person has asked for their passkey: an offer that comes late must not take the browser's window away from them. */
let isAsked = false
/** Offers made so far. */
let offers = 0

/** Asks the person for a passkey and signs in with it. False when they called it off. */
export async function signInByPasskey(useBrowserAutofill: boolean): Promise<boolean> {
  if (!useBrowserAutofill) isAsked = true
  try {
    return await passkeySignIn(useBrowserAutofill)
  } finally {
    if (!useBrowserAutofill) isAsked = false
  }
}

async function passkeySignIn(useBrowserAutofill: boolean): Promise<boolean> {
  if (useBrowserAutofill) offers += 1
  const [{ challengeId, options }, { startAuthentication }] = await Promise.all([
    call(api.beginPasskeySignIn, {}),
    import('@simplewebauthn/browser'),
  ])
  if (!isRequest(options)) throw new ApiProblem('bad_answer')
  if (useBrowserAutofill && isAsked) return false
  const answer = await unlessCalledOff(startAuthentication({ optionsJSON: options, useBrowserAutofill }))
  if (!answer) return false
  await call(api.signInWithPasskey, { challengeId, answer: { ...answer } })
  return true
}

/** Takes back the offer inside the e-mail field, unless a newer one stands there by then. */
export async function stopPasskeyAutofill(): Promise<void> {
  const mine = offers
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
  if (offers === mine) WebAuthnAbortService.cancelCeremony()
}

/** Makes a passkey on this device and keeps it. Null when the person called it off. */
export async function makePasskey(name: string, password: string): Promise<Factors | null> {
  const [{ options }, { startRegistration }] = await Promise.all([
    call(api.beginPasskey, { password }),
    import('@simplewebauthn/browser'),
  ])
  if (!isCreation(options)) throw new ApiProblem('bad_answer')
  const answer = await unlessCalledOff(startRegistration({ optionsJSON: options }))
  return answer ? await call(api.addPasskey, { name, answer: { ...answer } }) : null
}

/** The browser tells little on purpose: called off, no passkey here, one here already. */
async function unlessCalledOff<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)) return null
    throw new ApiProblem('passkey_refused')
  }
}

function isRequest(options: Json): options is Json & PublicKeyCredentialRequestOptionsJSON {
  return typeof options['challenge'] === 'string'
}

function isCreation(options: Json): options is Json & PublicKeyCredentialCreationOptionsJSON {
  return typeof options['challenge'] === 'string' && Array.isArray(options['pubKeyCredParams'])
}
