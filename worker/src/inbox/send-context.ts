/** The rows that the rules of sending look at, as PostgreSQL gives them. */
import * as z from 'zod'

export const Chat = z.object({
  id: z.string(),
  objectKey: z.string(),
  lastInboundAt: z.nullable(z.string()),
  consent: z.nullable(z.object({ out: z.enum(['all', 'marketing']) })),
})
export const Channel = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.string(),
  settings: z.object({ allowVideo: z.boolean(), allowLinks: z.boolean() }),
  archived: z.boolean(),
  /** It has a subscription that lives, or needs none. */
  entitled: z.boolean(),
})
export const Guard = z.nullable(
  z.object({
    first: z.nullable(
      z.object({
        isAllowed: z.boolean(),
        used: z.number(),
        max: z.number(),
        frozenUntil: z.nullable(z.string()),
        isStopped: z.boolean(),
      }),
    ),
    same: z.nullable(z.object({ people: z.number(), max: z.number() })),
  }),
)
