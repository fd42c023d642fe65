/** The privacy notice, what people ask about their data, and the file of everything that is kept of one of them. */
import type { Endpoint, ParsedOf } from '#contract/endpoint.ts'
import * as privacy from '#contract/privacy.ts'
import { NOTICE_ADDRESS, strangeInNotice } from '#contract/privacy-text.ts'
import { variablesIn } from '#contract/variables.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { callFor, rawFor } from '../identity/index.ts'
import { settingsOf } from '../lib/env.ts'
import { Refusal } from '../lib/refusal.ts'
import { changeEvents, deskOf, Facts } from '../live/index.ts'

const Kept = z.looseObject({ key: z.nullable(z.string()) })

/** The company's notice, with the whole address of its page. */
async function noticeOf(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  const { key, ...rest } = Kept.parse(JSON.parse((await callFor(c, row, fn, args)).result))
  return new RawJson(JSON.stringify({ ...rest, address: key && `${settingsOf(c.env).appUrl}/privacidad/${key}` }))
}

/** Refuses a text that names what no notice knows: nobody would be there to see the gap. */
function refuseStrange({ es, en, pt }: ParsedOf<typeof privacy.publishNotice>['texts']): void {
  for (const text of [es, en, pt]) {
    const name = text === undefined ? null : strangeInNotice(text)
    if (name !== null) throw new Refusal('variable_unknown', { name })
  }
}

/** The sentence names the page, and nothing that would not be known when it is sent. */
function refuseSentence(sentence: string): void {
  const names = variablesIn(sentence)
  if (!names.includes(NOTICE_ADDRESS)) throw new Refusal('notice_missing')
  const strange = names.find((name) => ![NOTICE_ADDRESS, 'cliente', 'empresa', 'canal'].includes(name))
  if (strange !== undefined) throw new Refusal('variable_unknown', { name: strange })
}

const Rows = z.array(z.looseObject({ id: z.string() }))
const Told = z.object({ chats: Rows, messages: Rows, facts: Facts, seen: z.unknown() })

async function settle(c: Request, input: ParsedOf<typeof privacy.settlePrivacyRequest>): Promise<RawJson> {
  const { caller, result } = await callFor(c, privacy.settlePrivacyRequest, 'api_privacy_request_settle', input)
  const { seen, ...told } = Told.parse(JSON.parse(result))
  if (told.chats.length > 0) await deskOf(c.env, caller.account.id).tell(changeEvents(told))
  return new RawJson(JSON.stringify(seen))
}

const Page = z.object({ items: z.array(z.unknown()), next: z.nullable(z.looseObject({})) })

/** The file, written while it is read: a long history never stands in memory at once. */
async function exportContact(c: Request, input: ParsedOf<typeof privacy.exportContact>): Promise<Response> {
  const { result: card } = await callFor(c, privacy.exportContact, 'api_contact_data', input)
  async function* parts(): AsyncGenerator<string> {
    yield `${card.slice(0, card.lastIndexOf('}'))}, "messages": [`
    let after: object | null = {}
    for (let glue = ''; after !== null; glue = ',') {
      const { result }: { result: string } = await callFor(c, privacy.exportContact, 'api_contact_data_messages', {
        ...input,
        ...after,
      })
      const { items, next } = Page.parse(JSON.parse(result))
      if (items.length > 0) yield glue + items.map((item) => JSON.stringify(item)).join(',\n')
      after = next
    }
    yield ']}\n'
  }
  const { readable, writable } = new IdentityTransformStream()
  c.executionCtx.waitUntil(pour(parts(), writable))
  return new Response(readable, {
    headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="datos.json"' },
  })
}

/** Writes text as it comes; a page that cannot be read breaks the file off, so that nobody takes it for whole. */
async function pour(parts: AsyncIterable<string>, into: WritableStream<Uint8Array>): Promise<void> {
  const writer = into.getWriter()
  const encoder = new TextEncoder()
  try {
    for await (const part of parts) await writer.write(encoder.encode(part))
    await writer.close()
  } catch (error) {
    await writer.abort(error).catch(() => null)
  }
}

/** Everything of contract/privacy.ts. */
export function privacyRoutes(app: App): void {
  serve(app, privacy.getPrivacy, (c) => noticeOf(c, privacy.getPrivacy, 'api_privacy', {}))
  serve(app, privacy.publishNotice, (c, input) => {
    refuseStrange(input.texts)
    return noticeOf(c, privacy.publishNotice, 'api_privacy_publish', input)
  })
  serve(app, privacy.changePrivacy, (c, input) => {
    refuseSentence(input.sentence)
    return noticeOf(c, privacy.changePrivacy, 'api_privacy_change', input)
  })
  serve(app, privacy.listPrivacyRequests, (c, input) => {
    return rawFor(c, privacy.listPrivacyRequests, 'api_privacy_requests', input)
  })
  serve(app, privacy.listContactRequests, (c, input) => {
    return rawFor(c, privacy.listContactRequests, 'api_contact_requests', input)
  })
  serve(app, privacy.addPrivacyRequest, (c, input) => {
    return rawFor(c, privacy.addPrivacyRequest, 'api_privacy_request_add', input)
  })
  serve(app, privacy.settlePrivacyRequest, settle)
  serve(app, privacy.exportContact, exportContact)
}
