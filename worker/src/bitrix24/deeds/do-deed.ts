/**
 * One step of a deed: sent the way of everybody's messages, then the portal is told what became of it. Every step may be done
 * twice: the message has the deed's id, and what was told is written down.
 */
import { conversationKey } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import { MediaId } from '#contract/ids.ts'
import { fieldsOfTemplate, paramsOf } from '#contract/template-rules.ts'
import type { TemplateContent } from '#contract/templates.ts'
import * as z from 'zod'
import { toDigits } from '../../contacts/index.ts'
import { fillTemplate, openChatOf, PortalContext, sendFromPortal } from '../../inbox/index.ts'
import type { Env } from '../../lib/env.ts'
import { newTraceId } from '../../lib/ids.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { Refusal } from '../../lib/refusal.ts'
import { databaseOf } from '../../lib/sql.ts'
import { cardNumbers } from '../card/card-numbers.ts'
import type { DeedBody } from './deed.ts'
import * as store from './deeds.store.ts'
import { headerFileOf, type HeaderFile } from './header-file.ts'
import { tellDeed, type Step } from './tell-deed.ts'

export const DeedRef = z.looseObject({ deedId: z.string(), about: z.string() })

/** Does one step. `last`: nobody asks again. */
export async function doDeed(
  env: Env,
  accountId: string,
  { deedId, about }: z.infer<typeof DeedRef>,
  last: boolean,
): Promise<Step> {
  const deed = await store.deedNow(databaseOf(env), accountId, deedId)
  if (!deed) return { done: true }
  if (deed.state !== 'waiting') return tellDeed(env, accountId, deed, about === 'late', last)
  // It is a message already: only the word of it was lost.
  const isOut = deed.message !== null && deed.message.status !== 'queued'
  const begun: Begun = isOut ? { done: true, problem: null } : await begin(env, accountId, deed, last)
  if (!begun.done && !last) return begun
  const problem = begun.done ? begun.problem : 'deed_portal_away'
  const jobs = await store.deedSettled(databaseOf(env), accountId, deedId, problem === null ? 'sent' : 'refused', problem)
  await wakeJobs(env, jobs)
  return { done: true }
}

type Begun = { done: true; problem: FailureCode | null } | Extract<Step, { done: false }>
const refused = (problem: FailureCode): Begun => ({ done: true, problem })

/** Finds the client and their chat, and sends. What the rules refuse is a message of the chat with its reason. */
async function begin(env: Env, accountId: string, deed: store.DeedNow, last: boolean): Promise<Begun> {
  const { channel, portal, body, country } = deed
  if (!channel) return refused('deed_no_number')
  let phone = toDigits(body.phone, country)
  let name: string | undefined
  if (body.phone === '' && body.card) {
    const read = await cardNumbers({ env, portal, priority: 'sync' }, body.card, country)
    if (!read.ok && read.waitS !== null) return { done: false, again: true, code: 'deed_portal_away', afterS: read.waitS }
    const first = read.ok ? read.numbers[0] : undefined
    phone = first?.phone ?? null
    name = first?.owner ?? (read.ok ? (read.name ?? undefined) : undefined)
  }
  if (phone === null) return refused('deed_no_phone')
  const traceId = newTraceId()
  const origin = { accountId, channelId: channel.id, channelKey: channel.key, objectKey: conversationKey({ phone }) }
  const by = { traceId, name, hop: { level: 'info', place: 'bitrix24', what: 'deed_opened' } } as const
  const chat = await openChatOf(env, origin, phone, by)
  const found = chat && (await store.deedContext(databaseOf(env), accountId, deed.id, chat))
  if (!found) return { done: false, again: true, code: 'database_unavailable', afterS: undefined }
  const file = await headerFileOf(env, accountId, deed, store.DeedTemplate.parse(found).template?.content ?? null)
  if (!file.ok && file.again && !last) return { done: false, again: true, code: file.code, afterS: undefined }
  await send(env, deed, { ...z.looseObject({}).parse(found), accountId }, file, traceId)
  return { done: true, problem: null }
}

async function send(env: Env, deed: store.DeedNow, found: object, file: HeaderFile, traceId: string): Promise<void> {
  const { id, kind, body, author, createdAt: at } = deed
  const { template, limit } = store.DeedTemplate.parse(found)
  const written = writtenOf(template, body, file)
  await sendFromPortal(env, {
    ...{ context: PortalContext.parse(found), messageId: id, traceId, at, kind: written.kind, text: written.text },
    mediaId: written.mediaId,
    extra: { ...written.extra, deed: kind },
    template: template && { category: template.category, limit, params: body.params },
    author: author ? { kind: 'person', ...author } : { kind: kind === 'sms' ? 'api' : 'system', id: null, name: 'Bitrix24' },
    hops: [{ at, level: 'info', place: 'bitrix24', what: `deed_${kind}`, data: { code: deed.code } }],
    refused: written.problem,
  })
}

type Written = {
  kind: 'text' | 'template'
  text: string
  mediaId?: string | undefined
  extra: Record<string, unknown>
  problem: FailureCode | null
}

const PROBLEMS: Record<string, FailureCode> = {
  template_not_approved: 'template_disabled',
  template_incomplete: 'template_params_count',
  template_value: 'template_params_format',
}

/** The message that is asked for. A template that cannot be filled stands in the chat by its name, and does not go. */
function writtenOf(
  template: z.infer<typeof store.DeedTemplate>['template'],
  { template: asked, params, text }: DeedBody,
  file: HeaderFile,
): Written {
  if (!asked) return { kind: 'text', text, extra: {}, problem: null }
  const unfilled = (problem: FailureCode): Written => ({ kind: 'text', text: asked.name, extra: {}, problem })
  if (!template) return unfilled('template_not_found')
  if (!file.ok) return unfilled(file.code)
  try {
    const header = file.id === null ? {} : { headerMediaId: MediaId.parse(file.id) }
    const filled = fillTemplate(template, { ...asked, ...header, ...given(template.content, params) })
    return { kind: 'template', ...filled, problem: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return unfilled(PROBLEMS[error.code] ?? 'template_not_found')
  }
}

/** Variables as a robot counts them: those of the header, of the body, of the buttons, one after the other. */
function given(content: TemplateContent, params: readonly string[]) {
  const values = fieldsOfTemplate(content).map(({ key }, n) => [key, params[n]])
  return paramsOf(content, Object.fromEntries(values))
}
