/** A quick reply's text with the values of one chat. */
import type * as quickReplies from '#contract/quick-replies.ts'
import { fillText, variablesIn } from '#contract/variables.ts'
import * as z from 'zod'
import type { Freshness } from '../contacts/index.ts'

/** `client` is what the company's own database says of this contact, and when it was read there (SQL `client_values`). */
export const ToFill = z.object({
  text: z.string(),
  values: z.record(z.string(), z.nullable(z.string())),
  client: z.object({
    values: z.optional(z.record(z.string(), z.nullable(z.string()))),
    at: z.optional(z.nullable(z.iso.datetime())),
  }),
})

/**
 * What is known, put into the text. A field of the client database never stands for what we know ourselves, and nothing that
 * is kept of a client stands for one whom their database does not have (any more).
 */
export function filled(raw: string, freshness: Freshness): z.infer<typeof quickReplies.fillQuickReply.returns> {
  const { text, values, client } = ToFill.parse(JSON.parse(raw))
  const clientValues = freshness === 'nobody' ? {} : (client.values ?? {})
  const usesClient = variablesIn(text).some((name) => !(name in values) && name in clientValues)
  const valuesAt = usesClient ? (client.at ?? null) : null
  return { ...fillText(text, { ...clientValues, ...values }), valuesAt, stale: usesClient && freshness === 'stale' }
}
