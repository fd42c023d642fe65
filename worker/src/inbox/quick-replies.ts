/** Quick replies: each verb is one SQL function; variables are put into the text here. */
import type { Endpoint } from '#contract/endpoint.ts'
import * as quickReplies from '#contract/quick-replies.ts'
import { fillText, variablesIn } from '#contract/variables.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

async function run(c: Request, row: Endpoint, fn: string, args: object): Promise<string> {
  if (row.may === 'anyone') throw new Refusal('internal')
  const { result } = await call(c, row.may, fn, args)
  if (result === null) throw new Refusal('not_found')
  return result
}

/** `client` is what the company's own database says of this contact, and when it was read there (SQL `client_values`). */
const ToFill = z.object({
  text: z.string(),
  values: z.record(z.string(), z.nullable(z.string())),
  client: z.object({
    values: z.optional(z.record(z.string(), z.nullable(z.string()))),
    at: z.optional(z.nullable(z.iso.datetime())),
  }),
})

/** What is known, put into the text. A field of the client database never stands for what we know ourselves. */
export function filled(raw: string): z.infer<typeof quickReplies.fillQuickReply.returns> {
  const { text, values, client } = ToFill.parse(JSON.parse(raw))
  const clientValues = client.values ?? {}
  const usesClient = variablesIn(text).some((name) => !(name in values) && name in clientValues)
  return { ...fillText(text, { ...clientValues, ...values }), valuesAt: usesClient ? (client.at ?? null) : null }
}

/** Everything of contract/quick-replies.ts. */
export function quickReplyRoutes(app: App): void {
  serve(app, quickReplies.listQuickReplies, async (c, input) => {
    return new RawJson(await run(c, quickReplies.listQuickReplies, 'api_quick_replies', input))
  })
  serve(app, quickReplies.addQuickReply, async (c, input) => {
    return new RawJson(await run(c, quickReplies.addQuickReply, 'api_quick_reply_add', input))
  })
  serve(app, quickReplies.changeQuickReply, async (c, input) => {
    return new RawJson(await run(c, quickReplies.changeQuickReply, 'api_quick_reply_change', input))
  })
  serve(app, quickReplies.fillQuickReply, async (c, input) => {
    return filled(await run(c, quickReplies.fillQuickReply, 'api_quick_reply_fill', input))
  })
}
