/** Passkeys: made by somebody who is signed in, good as both factors at once. @simplewebauthn/server checks signatures. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as z from 'zod'
import { Factors } from '#contract/session.ts'
import type { Request } from '../http/app.ts'
import { fromBase64, toBase64Url, toHex, utf8 } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import { newSession, refuseTry, refuseUnlessOk, signedIn, type SignedIn } from './begin.ts'
import * as store from './identity.store.ts'
import { confirmedSecrets, own, ownEnding, type Ended } from './own.ts'
import { RegistrationAnswer, SignInAnswer } from './passkey-answer.ts'
import { ISSUER } from './totp.rules.ts'
import { triesOf } from './tries.ts'

/** What a passkey is bound to: our host. In development the app is opened under several names of one machine. */
function siteOf(c: Request): { rpId: string; origins: string[] } {
  const { appUrl, production } = settingsOf(c.env)
  const ours = new URL(appUrl)
  const here = production ? ours : new URL(c.req.url)
  return { rpId: here.hostname, origins: [...new Set([ours.origin, here.origin])] }
}

const Begun = z.object({ credentials: z.array(z.string()) })

/** Options for making a passkey. Refuses wrong_credentials. */
export async function beginPasskey(c: Request, input: { password: string }): Promise<{ options: Record<string, unknown> }> {
  const { me } = await confirmedSecrets(c, input.password)
  const options = await generateRegistrationOptions({
    rpName: ISSUER,
    rpID: siteOf(c).rpId,
    userID: utf8(me.id),
    userName: me.email,
    userDisplayName: me.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const { credentials } = Begun.parse((await own(c, 'api_passkey_begin', { challenge: options.challenge })).answer)
  return { options: { ...options, excludeCredentials: credentials.map((id) => ({ id, type: 'public-key' })) } }
}

/** Keeps a passkey that the device has made. Refuses passkey_refused. */
export async function addPasskey(c: Request, input: { name: string; answer: unknown }): Promise<Factors> {
  const { challenge } = z.object({ challenge: z.nullable(z.string()) }).parse((await own(c, 'api_passkey_challenge', {})).answer)
  const response = RegistrationAnswer.safeParse(input.answer)
  if (!challenge || !response.success) throw new Refusal('passkey_refused')
  const { rpId, origins } = siteOf(c)
  const verified = await verifyRegistrationResponse({
    response: response.data,
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch((error: unknown) => noPasskey(c, error))
  if (!verified?.verified) throw new Refusal('passkey_refused')
  const { credential } = verified.registrationInfo
  const { answer } = await own(c, 'api_passkey_add', {
    name: input.name,
    credentialId: credential.id,
    publicKey: toHex(credential.publicKey),
    counter: credential.counter,
    transports: response.data.response.transports,
  })
  return Factors.parse(answer)
}

/** A device's answer that does not hold is expected; why is for the log alone. */
function noPasskey(c: Request, error: unknown): null {
  log('info', { event: 'passkey_refused', trace: c.var.traceId, error: errorText(error) })
  return null
}

/** Forgets a passkey; other devices are signed out. */
export async function removePasskey(c: Request, input: { passkeyId: string }, ended: Ended): Promise<Factors> {
  const { answer } = await ownEnding(c, ended, 'api_passkey_remove', input)
  return z.object({ factors: Factors }).parse(answer).factors
}

/** The same options for everybody: the device itself knows whose passkeys it holds. */
export async function beginPasskeySignIn(c: Request): Promise<{ challengeId: string; options: Record<string, unknown> }> {
  const options = await generateAuthenticationOptions({ rpID: siteOf(c).rpId, userVerification: 'required' })
  return { challengeId: await store.challengeAdd(databaseOf(c.env), options.challenge), options: { ...options } }
}

/** Signs in with a passkey. Refuses passkey_refused and too_many_tries. */
export async function signInWithPasskey(c: Request, input: { challengeId: string; answer: unknown }): Promise<SignedIn> {
  const db = databaseOf(c.env)
  const tries = await triesOf(c, null)
  await tries.refuseWaiting()
  const challenge = await store.challengeTake(db, input.challengeId)
  const response = SignInAnswer.safeParse(input.answer)
  if (!challenge || !response.success) return refuseTry(c, tries, null, 'passkey_refused')
  const person = await store.passkeyForSignIn(db, response.data.id)
  const counter = person && (await signedCounter(c, challenge, response.data, person))
  if (person === null || counter === null) return refuseTry(c, tries, person, 'passkey_refused')

  // A passkey that several devices share may count anew or not at all, so this is written down and locks nobody out.
  const counterWentBack = person.counter > 0 && counter <= person.counter
  if (counterWentBack) log('warn', { event: 'passkey_counter_back', trace: c.var.traceId, account: person.accountId })
  const proof = { way: 'passkey', passkeyId: person.passkeyId, counter, ...(counterWentBack ? { counterWentBack } : {}) }
  const { token, ...session } = await newSession(c)
  await refuseUnlessOk(c, tries, person, await store.sessionStart(db, person.id, session, tries.keys, proof))
  return signedIn(token, person)
}

/** The counter of an answer whose signature holds; null when it does not, or when it names somebody else. */
async function signedCounter(
  c: Request,
  challenge: string,
  response: SignInAnswer,
  person: store.OfPasskey,
): Promise<number | null> {
  const { rpId, origins } = siteOf(c)
  const { userHandle } = response.response
  if (userHandle !== undefined && userHandle !== toBase64Url(utf8(person.id))) return null
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: rpId,
    // Counter 0: a lower one than before would be refused here, and is only to be noticed.
    credential: { id: response.id, publicKey: fromBase64(person.publicKey.replaceAll('\n', '')), counter: 0 },
    requireUserVerification: true,
  }).catch((error: unknown) => noPasskey(c, error))
  return verified?.verified ? verified.authenticationInfo.newCounter : null
}
