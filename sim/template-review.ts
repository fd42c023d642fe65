/** What becomes of a template: reviewed a moment after it was handed in, changed by hand, and told to the business. */
import { randomUUID } from 'node:crypto'
import type { GupshupNumber, HookNumber, HookPart } from './model.ts'
import type { Sim } from './sim.ts'
import { subscribersOf } from './tell.ts'
import { keepTemplate, templatesOf } from './kept-templates.ts'
import { gupshupTemplateId, metaTemplateId } from './templates.ts'
import type { Template } from './model.ts'

/** The real review takes minutes to a day. */
const REVIEW_MS = 1_000
/** What WhatsApp does not let a business say here. */
const FORBIDDEN = /gane dinero|premio seguro/i

type Decision = Partial<Pick<Template, 'status' | 'quality'>> & { reason?: string | undefined }

export const isStatus = (word: unknown): word is Template['status'] =>
  word === 'APPROVED' || word === 'PENDING' || word === 'REJECTED' || word === 'PAUSED'
export const isQuality = (word: unknown): word is NonNullable<Template['quality']> =>
  word === 'GREEN' || word === 'YELLOW' || word === 'RED'

/** Whose templates a number sends. */
export function ownerOf(number: HookNumber): string {
  return number.kind === 'meta' ? number.wabaId : number.id
}

/** Keeps a template that was handed in, and decides on it a moment later. */
export function handIn(sim: Sim, number: HookNumber, template: Template): void {
  keepTemplate(sim, ownerOf(number), { ...template, status: 'PENDING' })
  const verdict: Decision = FORBIDDEN.test(template.body) ? { status: 'REJECTED', reason: 'PROMOTIONAL' } : { status: 'APPROVED' }
  sim.after(REVIEW_MS, () => decideTemplate(sim, number, template.name, verdict, template.language))
}

/** Changes what WhatsApp thinks of a template and tells everybody who uses it. Without a language: the first of that name. */
export function decideTemplate(
  sim: Sim,
  number: HookNumber,
  name: string,
  decision: Decision,
  language?: string,
): Template | undefined {
  const owner = ownerOf(number)
  const template = templatesOf(sim, owner).find(
    (each) => each.name === name && (language === undefined || each.language === language),
  )
  if (!template) return undefined
  const { reason, ...rest } = decision
  const { reason: _old, ...kept } = template
  const changed: Template = { ...kept, ...rest, ...(reason !== undefined && { reason }) }
  keepTemplate(sim, owner, changed)
  for (const each of sim.world.numbers.values())
    if (each.kind !== 'session' && ownerOf(each) === owner) tellTemplate(sim, each, changed, decision)
  return changed
}

function tellTemplate(sim: Sim, number: HookNumber, template: Template, decision: Decision): void {
  if (number.kind === 'meta') {
    for (const value of metaNews(metaTemplateId(number.wabaId, template), template, decision))
      queue(sim, number, { url: null, headers: {} }, envelope(number.wabaId, value, sim.now(), null))
    return
  }
  for (const subscriber of subscribersOf(number, 'TEMPLATE')) {
    for (const part of gupshupNews(sim, number, template, decision, subscriber.version)) queue(sim, number, subscriber, part)
  }
}

type News = { field: string; value: object }

function metaNews(id: string, template: Template, { status, quality, reason }: Decision): News[] {
  const about = {
    message_template_id: Number(id),
    message_template_name: template.name,
    message_template_language: template.language,
  }
  const words = { event: status, ...about, message_template_category: template.category, reason: reason ?? 'NONE' }
  const scores = { previous_quality_score: 'GREEN', new_quality_score: quality, ...about }
  return [
    ...(status ? [{ field: 'message_template_status_update', value: words }] : []),
    ...(quality ? [{ field: 'message_template_quality_update', value: scores }] : []),
  ]
}

function gupshupNews(sim: Sim, number: GupshupNumber, template: Template, decision: Decision, version: 2 | 3): HookPart[] {
  const id = gupshupTemplateId(number.id, template)
  if (version === 3) {
    const news = metaNews(metaTemplateId(number.wabaId, template), template, decision)
    return news.map(({ field, value }) =>
      envelope(number.wabaId, { field, value: { ...value, gs_template_id: id } }, sim.now(), number.id),
    )
  }
  const about = { id, elementName: template.name, languageCode: template.language }
  const { status, quality, reason } = decision
  const payloads = [
    ...(status
      ? [{ ...about, type: 'status-update', status: status.toLowerCase(), ...(reason && { rejectedReason: reason }) }]
      : []),
    ...(quality ? [{ ...about, type: 'quality-update', quality: quality.toLowerCase() }] : []),
  ]
  return payloads.map((payload) =>
    whole({ app: number.appName, timestamp: sim.now(), version: 2, type: 'template-event', payload }),
  )
}

function envelope(wabaId: string, news: News, now: number, appId: string | null): HookPart {
  const entry = [{ id: wabaId, time: Math.floor(now / 1000), changes: [{ value: news.value, field: news.field }] }]
  return whole({ object: 'whatsapp_business_account', ...(appId !== null && { gs_app_id: appId }), entry })
}

function whole(body: object): HookPart {
  return { form: 'whole', body: JSON.stringify(body), sign: true, contentType: 'application/json' }
}

function queue(
  sim: Sim,
  number: HookNumber,
  { url, headers }: { url: string | null; headers: Record<string, string> },
  part: HookPart,
): void {
  const lane = 'templates'
  const hook = { id: randomUUID(), numberId: number.id, lane, url, headers, part, notBefore: sim.now(), carries: null }
  sim.world.record({ t: 'hook', hook })
  sim.outbox.add(hook)
}
