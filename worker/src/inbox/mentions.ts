/** Being named in notes, over HTTP. A mention itself is written with its note (send-message.ts). */
import * as mentions from '#contract/mentions.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callKnown } from '../identity/index.ts'
import type { Permission } from '#contract/permissions.ts'

async function run(c: Request, may: Permission | 'signed-in', fn: string, input: object): Promise<RawJson> {
  const { result } = await callKnown(c, may, fn, input)
  return new RawJson(result)
}

/** Everything of contract/mentions.ts. */
export function mentionRoutes(app: App): void {
  serve(app, mentions.listMentionable, (c, input) => run(c, 'notes.write', 'api_mentionable', input))
  serve(app, mentions.listMentions, (c, input) => run(c, 'signed-in', 'api_mentions', input))
  serve(app, mentions.seeMentions, (c, input) => run(c, 'signed-in', 'api_mentions_seen', input))
}
