/** Signing in and out, and what a person keeps about themselves. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { AccountId, Instant, Language, PasskeyId, PersonId, SessionId } from './ids.ts'
import { BASES, PERMISSIONS, REACHES } from './permissions.ts'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

export const Email = z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(254))
export const NewPassword = z.string().check(z.minLength(PASSWORD_MIN), z.maxLength(PASSWORD_MAX))
const Password = z.string().check(z.minLength(1), z.maxLength(PASSWORD_MAX))

export const Me = z.object({
  person: z.object({
    id: PersonId,
    name: z.string(),
    email: z.string(),
    /** The standard role that theirs is, or began as. */
    role: z.enum(BASES),
    roleName: z.nullable(z.string()),
    language: Language,
    /** On a break: rules give no chats. */
    isAway: z.boolean(),
  }),
  account: z.object({ id: AccountId, name: z.string(), timeZone: z.string(), country: z.string() }),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** How far each of them reaches. */
  grants: z.partialRecord(z.enum(PERMISSIONS), z.enum(REACHES)),
})
export type Me = z.infer<typeof Me>

const SignedIn = z.object({
  token: z.string(),
  person: z.object({ id: PersonId, name: z.string(), role: z.enum(BASES) }),
})

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  summary:
    'Signs in with e-mail and password: a bearer token, and the cookie for the app. `code_needed` asks for the second factor: the same again, with `code`',
  may: 'anyone',
  input: z.object({
    email: z.string().check(z.minLength(3), z.maxLength(254)),
    password: Password,
    /** Six digits of the authenticator, or a recovery code. */
    code: z.optional(z.string().check(z.minLength(6), z.maxLength(20))),
  }),
  returns: SignedIn,
})

export const getMe = endpoint({
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in, and what they may do',
  may: 'signed-in',
  input: z.object({}),
  returns: Me,
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  summary: 'Signs out this session',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ done: z.boolean() }),
})

export const changeLanguage = endpoint({
  method: 'PUT',
  path: '/session/language',
  summary: 'Chooses the language in which we talk to this person',
  may: 'signed-in',
  input: z.object({ language: Language }),
  returns: z.object({ done: z.boolean() }),
})

export const signUp = endpoint({
  method: 'POST',
  path: '/account',
  summary: 'A company begins: its first person is its administrator, and is signed in',
  may: 'anyone',
  input: z.object({
    company: z.string().check(z.trim(), z.minLength(2), z.maxLength(80)),
    name: z.string().check(z.trim(), z.minLength(2), z.maxLength(80)),
    email: Email,
    password: NewPassword,
    /** Where nobody says otherwise: Ecuador, in Spanish, by its time. */
    country: z._default(z.string().check(z.regex(/^[A-Z]{2}$/)), 'EC'),
    timeZone: z._default(z.string().check(z.minLength(3), z.maxLength(60)), 'America/Guayaquil'),
    language: z._default(Language, 'es'),
  }),
  returns: SignedIn,
})

const LinkToken = z.string().check(z.regex(/^[\w-]{43}$/))

export const readLink = endpoint({
  method: 'GET',
  path: '/links/:token',
  summary: 'What an invitation or a link for a new password is for. `link_spent` when it is used, replaced or too old',
  may: 'anyone',
  input: z.object({ token: LinkToken }),
  returns: z.object({
    kind: z.enum(['invitation', 'reset']),
    company: z.string(),
    name: z.string(),
    email: z.string(),
    until: Instant,
  }),
})

export const useLink = endpoint({
  method: 'POST',
  path: '/links/:token',
  summary: 'Sets the password and signs in; every other session of the person ends. A second factor is still asked for',
  may: 'anyone',
  input: z.object({
    token: LinkToken,
    password: NewPassword,
    code: z.optional(z.string().check(z.minLength(6), z.maxLength(20))),
  }),
  returns: SignedIn,
})

export const changePassword = endpoint({
  method: 'PUT',
  path: '/session/password',
  summary: 'Changes the own password; every other session ends',
  may: 'signed-in',
  input: z.object({ current: Password, next: NewPassword }),
  returns: z.object({ done: z.boolean() }),
})

export const Device = z.object({
  id: SessionId,
  /** This request's own session. */
  isThis: z.boolean(),
  userAgent: z.nullable(z.string()),
  createdAt: Instant,
  lastSeenAt: Instant,
})
export type Device = z.infer<typeof Device>

export const listDevices = endpoint({
  method: 'GET',
  path: '/session/devices',
  summary: 'Where the caller is signed in, latest first',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ items: z.array(Device) }),
})

export const endDevice = endpoint({
  method: 'DELETE',
  path: '/session/devices/:sessionId',
  summary: 'Signs one of the own devices out',
  may: 'signed-in',
  input: z.object({ sessionId: SessionId }),
  returns: z.object({ done: z.boolean() }),
})

export const endOtherDevices = endpoint({
  method: 'DELETE',
  path: '/session/devices',
  summary: 'Signs all other devices of the caller out',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ ended: z.number() }),
})

export const Factors = z.object({
  totp: z.boolean(),
  recoveryCodesLeft: z.number(),
  passkeys: z.array(z.object({ id: PasskeyId, name: z.string(), createdAt: Instant, lastUsedAt: z.nullable(Instant) })),
})
export type Factors = z.infer<typeof Factors>

export const listFactors = endpoint({
  method: 'GET',
  path: '/session/factors',
  summary: 'The second factor and the passkeys of the caller',
  may: 'signed-in',
  input: z.object({}),
  returns: Factors,
})

export const beginTotp = endpoint({
  method: 'POST',
  path: '/session/factors/totp',
  summary: 'A new seed for an authenticator. It counts only once `confirmTotp` has seen a code of it',
  may: 'signed-in',
  input: z.object({ password: Password }),
  returns: z.object({ secret: z.string(), uri: z.string() }),
})

export const confirmTotp = endpoint({
  method: 'PUT',
  path: '/session/factors/totp',
  summary: 'Switches the second factor on. The recovery codes are shown this once; other sessions end',
  may: 'signed-in',
  input: z.object({ code: z.string().check(z.regex(/^\d{6}$/)) }),
  returns: z.object({ recoveryCodes: z.array(z.string()) }),
})

export const removeTotp = endpoint({
  method: 'POST',
  path: '/session/factors/totp/removal',
  summary: 'Switches the second factor off; other sessions end',
  may: 'signed-in',
  input: z.object({ password: Password, code: z.string().check(z.minLength(6), z.maxLength(20)) }),
  returns: z.object({ done: z.boolean() }),
})

/** What the browser's WebAuthn API takes and gives, in its JSON form: checked by @simplewebauthn/server. */
const WebAuthnJson = z.record(z.string(), z.unknown())

export const beginPasskey = endpoint({
  method: 'POST',
  path: '/session/passkeys/challenge',
  summary: 'Options for making a passkey on this device',
  may: 'signed-in',
  input: z.object({ password: Password }),
  returns: z.object({ options: WebAuthnJson }),
})

export const addPasskey = endpoint({
  method: 'POST',
  path: '/session/passkeys',
  summary: 'Keeps a passkey that this device has made',
  may: 'signed-in',
  input: z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)), answer: WebAuthnJson }),
  returns: Factors,
})

export const removePasskey = endpoint({
  method: 'DELETE',
  path: '/session/passkeys/:passkeyId',
  summary: 'Forgets a passkey; other sessions end',
  may: 'signed-in',
  input: z.object({ passkeyId: PasskeyId }),
  returns: Factors,
})

export const beginPasskeySignIn = endpoint({
  method: 'POST',
  path: '/session/passkey/challenge',
  summary: 'Options for signing in with a passkey: the same for everybody, so they say nothing about anybody',
  may: 'anyone',
  input: z.object({}),
  returns: z.object({ challengeId: z.uuid(), options: WebAuthnJson }),
})

export const signInWithPasskey = endpoint({
  method: 'POST',
  path: '/session/passkey',
  summary: 'Signs in with a passkey; it is both factors at once',
  may: 'anyone',
  input: z.object({ challengeId: z.uuid(), answer: WebAuthnJson }),
  returns: SignedIn,
})
