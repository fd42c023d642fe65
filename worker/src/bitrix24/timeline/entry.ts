/** An entry of ours in the timeline of a card, as the database gives it (db/functions/227_portal_timeline.sql). */
import { Language } from '#contract/ids.ts'
import * as z from 'zod'

const Text = z.nullable(z.string())

export const Entry = z.object({
  id: z.string(),
  rev: z.number(),
  kind: z.enum(['session', 'call']),
  /** It was asked to make it before, and may have. */
  wasAsked: z.boolean(),
  tries: z.number(),
  activityId: Text,
  ownerTypeId: z.nullable(z.number()),
  ownerId: z.nullable(z.number()),
  /** `waits`: messages without an answer. `imChatId`: its number in the portal, from which the portal knows the client's card. */
  chat: z.object({ id: z.string(), waits: z.number(), imChatId: Text }),
  contact: z.object({ name: Text, phone: Text, phones: z.array(z.string()) }),
  channel: z.string(),
  began: z.string(),
  ended: Text,
  zone: z.string(),
  /** The employee of the portal whose chat it is. */
  responsible: Text,
  missed: Text,
  said: z.number(),
  answered: z.number(),
  authors: z.array(z.string()),
  language: Language,
})
export type Entry = z.infer<typeof Entry>

/** What became of one. `none`: there is no card for it. `isThere` false: it surely was not made. */
export type EntryOutcome = {
  id: string
  rev: number
  outcome: 'done' | 'none' | 'failed' | 'later'
  code?: string
  text?: string
  afterMs?: number
  activityId?: string
  ownerTypeId?: number
  ownerId?: number
  isThere?: false
}
