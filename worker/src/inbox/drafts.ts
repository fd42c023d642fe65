/** What people have typed and not sent, carried to their other devices. */
import * as z from 'zod'
import * as drafts from '#contract/drafts.ts'
import type { App } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'

const Saved = z.object({ saved: z.boolean(), draft: z.looseObject({ chatId: z.string() }), facts: z.nullable(Facts) })

/** Everything of contract/drafts.ts. */
export function draftRoutes(app: App): void {
  serve(app, drafts.listDrafts, async (c) => {
    const { result } = await call(c, 'chats.read', 'api_drafts', {})
    return new RawJson(result ?? '{"items":[]}')
  })
  serve(app, drafts.saveDraft, async (c, input) => {
    const { caller, result } = await callKnown(c, 'chats.read', 'api_save_draft', input)
    const { saved, draft, facts } = Saved.parse(JSON.parse(result))
    if (facts) await deskOf(c.env, caller.account.id).tell(changeEvents({ drafts: [draft], facts }))
    return new RawJson(JSON.stringify({ saved, draft }))
  })
}
