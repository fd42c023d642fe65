/** Quick replies: each verb is one SQL function; variables are put into the text here. */
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts'
import * as quickReplies from '#contract/quick-replies.ts'
import { variablesIn } from '#contract/variables.ts'
import { refreshClientOf } from '../contacts/index.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor } from '../identity/index.ts'
import { filled, ToFill } from './fill-text.ts'

const run = async (c: Request, row: Endpoint, fn: string, args: object): Promise<string> =>
  (await callFor(c, row, fn, args)).result

/** Asks the client database first where the text needs it: what is put in is of now, or says that it is not. */
async function fill(c: Request, input: ParsedOf<typeof quickReplies.fillQuickReply>) {
  const read = () => run(c, quickReplies.fillQuickReply, 'api_quick_reply_fill', input)
  const raw = await read()
  const { text, values } = ToFill.parse(JSON.parse(raw))
  if (variablesIn(text).every((name) => name in values)) return filled(raw, 'nobody')
  const freshness = await refreshClientOf(c, input.chatId)
  return filled(freshness === 'fresh' ? await read() : raw, freshness)
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
  serve(app, quickReplies.fillQuickReply, fill)
}
