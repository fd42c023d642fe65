/** Labels: each verb is one SQL function. Whoever shows labels hears that they have changed, and asks for their own. */
import * as labels from '#contract/labels.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor, rawFor } from '../identity/index.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'

const Rows = z.array(z.looseObject({ id: z.string() }))
const Marked = z.object({ chats: Rows, messages: Rows, facts: Facts, seen: z.unknown() })
const Changed = z.object({
  label: z.unknown(),
  chats: z.optional(Rows),
  messages: z.optional(Rows),
  facts: z.optional(Facts),
})

/** Adds or changes a label, and tells every phone that something about labels is new. */
async function change(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  const { caller, result } = await callFor(c, row, fn, args)
  const { label, chats = [], messages = [], facts = [] } = Changed.parse(JSON.parse(result))
  await deskOf(c.env, caller.account.id).tell(changeEvents({ labels: true, chats, messages, facts }))
  return new RawJson(JSON.stringify(label))
}

/** Puts a label on something or takes it off. Gives what the caller sees of it now. */
async function mark(c: Request, row: Endpoint, fn: string, args: object): Promise<unknown> {
  const { caller, result } = await callFor(c, row, fn, args)
  const { seen, ...changes } = Marked.parse(JSON.parse(result))
  await deskOf(c.env, caller.account.id).tell(changeEvents(changes))
  return seen ?? null
}

/** Everything of contract/labels.ts. */
export function labelRoutes(app: App): void {
  serve(app, labels.listLabels, (c, input) => rawFor(c, labels.listLabels, 'api_labels', input))
  serve(app, labels.listManagedLabels, (c, input) => rawFor(c, labels.listManagedLabels, 'api_labels_managed', input))
  serve(app, labels.addLabel, (c, input) => change(c, labels.addLabel, 'api_label_add', input))
  serve(app, labels.changeLabel, (c, input) => change(c, labels.changeLabel, 'api_label_change', input))
  serve(app, labels.labelChat, async (c, input) => {
    return new RawJson(JSON.stringify({ chat: await mark(c, labels.labelChat, 'api_chat_label_set', input) }))
  })
  serve(app, labels.labelMessage, async (c, input) => {
    return new RawJson(JSON.stringify(await mark(c, labels.labelMessage, 'api_message_label_set', input)))
  })
}
