import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { AccountId, Language, PersonId } from './ids.ts'
import { PERMISSIONS } from './permissions.ts'

export const ROLES = ['administrator', 'supervisor', 'agent'] as const

export const Me = z.object({
  person: z.object({ id: PersonId, name: z.string(), role: z.enum(ROLES), language: Language }),
  account: z.object({ id: AccountId, name: z.string(), timeZone: z.string(), country: z.string() }),
  permissions: z.array(z.enum(PERMISSIONS)),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  summary: 'Signs in with e-mail and password: a bearer token, and the cookie for the app',
  may: 'anyone',
  input: z.object({
    email: z.string().check(z.minLength(3), z.maxLength(254)),
    password: z.string().check(z.minLength(1), z.maxLength(128)),
  }),
  returns: z.object({ token: z.string(), person: z.object({ id: PersonId, name: z.string(), role: z.enum(ROLES) }) }),
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
