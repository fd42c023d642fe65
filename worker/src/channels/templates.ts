/** Templates over HTTP: read, written as drafts, handed to the provider, deleted there. */
import { problemsOfTemplate } from '#contract/template-rules.ts'
import * as templates from '#contract/templates.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { ChannelId } from '#contract/ids.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { wireOf } from '../lib/wire.ts'
import { changeEvents, deskOf } from '../live/index.ts'
import type { TemplateFailure, TemplatePort } from './channel.ts'
import { fileOf } from './files.ts'
import { channelByKey, type ChannelNow } from './lines.ts'
import { readTemplates } from './read-templates.ts'
import { adapterOf } from './registry.ts'

type Template = templates.Template
/** Samples travel with it: an upload and the request itself. */
const CHANGE_MS = 25_000
/** What was read longer ago than this is read again behind the answer. */
const STALE_MS = 12 * 3_600_000

const Inner = z.object({
  template: templates.Template,
  providerId: z.nullable(z.string()),
  channelKey: z.string(),
  channelKind: z.string(),
  sample: z.nullable(z.object({ r2Key: z.string(), mime: z.string(), name: z.nullable(z.string()), size: z.number() })),
})
type Inner = z.infer<typeof Inner>
const Listed = z.object({
  items: z.array(templates.Template),
  numbers: z.array(z.object({ id: z.string(), key: z.string(), readAt: z.nullable(z.string()) })),
})

/** The words in which we refuse what the provider refused. */
export function refusalOf({ error, where, lost }: TemplateFailure): Refusal {
  if (where === 'elsewhere') return new Refusal('template_elsewhere')
  if (where === 'account_id') return new Refusal('account_id_missing')
  if (where === 'taken') return new Refusal('template_taken')
  if (lost || error.code === 'provider_unreachable' || error.code === 'provider_unavailable')
    return new Refusal('provider_unreachable')
  return new Refusal('template_refused', {
    reason: error.detail ?? error.code,
    code: error.code,
    providerCode: error.providerCode,
  })
}

async function innerOf(c: Request, fn: string, input: object): Promise<Inner & { accountId: string }> {
  const { caller, result } = await callKnown(c, 'templates.manage', fn, input)
  return { ...Inner.parse(JSON.parse(result)), accountId: caller.account.id }
}

async function tell(c: Request, accountId: string, channelId: string): Promise<void> {
  await deskOf(c.env, accountId).tell(changeEvents({ templates: [{ channelId }] }))
}

async function atProvider(c: Request, key: string): Promise<{ channel: ChannelNow; port: TemplatePort }> {
  const channel = await channelByKey(c.env, key)
  const port = channel && adapterOf(channel.kind)?.templates
  if (!channel || !port) throw new Refusal('not_found')
  return { channel, port }
}

async function listTemplates(
  c: Request,
  input: { channel?: string | undefined },
): Promise<OutputOf<typeof templates.listTemplates>> {
  const read = async () =>
    Listed.parse(JSON.parse((await call(c, 'channels.read', 'api_templates', input)).result ?? '{"items":[],"numbers":[]}'))
  const first = await read()
  const never = first.numbers.filter(({ readAt }) => readAt === null)
  const unread: OutputOf<typeof templates.listTemplates>['unread'] = []
  await Promise.all(
    never.map(async ({ id, key }) => {
      const channel = await channelByKey(c.env, key)
      const answer = channel && (await readTemplates(c.env, channel))
      if (answer && !answer.ok) unread.push({ channelId: ChannelId.parse(id), code: refusalOf(answer).code })
    }),
  )
  for (const { key, readAt } of first.numbers) {
    if (readAt !== null && Date.now() - Date.parse(readAt) > STALE_MS) c.executionCtx.waitUntil(readQuietly(c, key))
  }
  return { items: never.length > unread.length ? (await read()).items : first.items, unread }
}

async function readQuietly(c: Request, key: string): Promise<void> {
  try {
    const channel = await channelByKey(c.env, key)
    if (channel) await readTemplates(c.env, channel)
  } catch (error) {
    log('warn', { event: 'templates_not_read', error: errorText(error) })
  }
}

async function syncTemplates(c: Request, { channelId }: { channelId: string }): Promise<{ items: Template[] }> {
  const { result } = await call(c, 'templates.manage', 'api_templates', { channel: channelId })
  const [number] = Listed.parse(JSON.parse(result ?? '{}')).numbers
  if (!number) throw new Refusal('not_found')
  const answer = await readTemplates(c.env, (await atProvider(c, number.key)).channel)
  if (!answer.ok) throw refusalOf(answer)
  const { result: after } = await call(c, 'templates.manage', 'api_templates', { channel: channelId })
  return { items: Listed.parse(JSON.parse(after ?? '{}')).items }
}

async function keepDraft(c: Request, fn: string, input: object): Promise<Template> {
  const { template, accountId } = await innerOf(c, fn, input)
  await tell(c, accountId, template.channelId)
  return template
}

type Submission = { templateId: string; category?: Template['category'] | undefined; content?: Template['content'] | undefined }

/** The draft stays whatever the provider says. Where its answer was lost, its own list tells whether it has it. */
async function submitTemplate(c: Request, input: Submission): Promise<Template> {
  const inner = await innerOf(c, 'api_template', { templateId: input.templateId })
  const { template, providerId } = inner
  const content = input.content ?? template.content
  const category = input.category ?? template.category
  const [problem] = problemsOfTemplate(template.name, content)
  if (problem) throw new Refusal('template_invalid', { problem: problem.code, where: problem.where, what: problem.what ?? null })
  const { channel, port } = await atProvider(c, inner.channelKey)
  const sample = inner.sample && fileOf(c.env, inner.sample)
  const draft = { name: template.name, language: template.language, category, content, sample }
  const wire = wireOf(CHANGE_MS)
  const answer = providerId
    ? await port.edit(providerId, draft, channel.line, wire)
    : await port.create(draft, channel.line, wire)
  if (!answer.ok) {
    if (answer.lost || answer.where === 'taken') await readQuietly(c, inner.channelKey)
    throw refusalOf(answer)
  }
  const status = 'status' in answer ? answer.status : 'pending'
  const done = await innerOf(c, 'api_template_submitted', {
    ...{ templateId: template.id, status, category, content },
    ...('providerId' in answer ? { providerId: answer.providerId } : {}),
  })
  await tell(c, done.accountId, template.channelId)
  return done.template
}

async function removeTemplate(c: Request, { templateId }: { templateId: string }): Promise<{ removed: number }> {
  const { template, providerId, channelKey, accountId } = await innerOf(c, 'api_template', { templateId })
  let allLanguages = false
  if (providerId) {
    const { channel, port } = await atProvider(c, channelKey)
    const answer = await port.remove(providerId, template.name, channel.line, wireOf(CHANGE_MS))
    if (!answer.ok) throw refusalOf(answer)
    allLanguages = port.removesAllLanguages
  }
  const { result } = await call(c, 'templates.manage', 'api_template_removed', { templateId, allLanguages })
  await tell(c, accountId, template.channelId)
  return z.object({ removed: z.number() }).parse(JSON.parse(result ?? '{"removed":0}'))
}

/** Everything of contract/templates.ts. */
export function templateRoutes(app: App): void {
  serve(app, templates.listTemplates, listTemplates)
  serve(app, templates.syncTemplates, syncTemplates)
  serve(app, templates.addTemplate, (c, input) => keepDraft(c, 'api_template_add', input))
  serve(app, templates.changeTemplate, (c, input) => keepDraft(c, 'api_template_change', input))
  serve(app, templates.submitTemplate, submitTemplate)
  serve(app, templates.removeTemplate, removeTemplate)
}
