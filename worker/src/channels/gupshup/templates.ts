/** Templates at Gupshup: reference/gupshup.md §3 and §4. Only partners make them by the API; the others in Gupshup's own pages. */
import { placesIn } from '#contract/template-rules.ts'
import type { TemplateButton, TemplateContent, TemplateHeader } from '#contract/templates.ts'
import type { Line, ProviderTemplate, TemplateDraft, TemplateFailure, TemplatePort, Wire } from '../channel.ts'
import { categoryOf, qualityOf, reasonOf, statusOf } from '../cloud-format/template-words.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, listOf, nameOf, readJson, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { addressOf, gupshupOf, signedHeaders } from './api.ts'
import { failureOf } from './errors.ts'

export const gupshupTemplates: TemplatePort = { list, create, edit, remove, removesAllLanguages: true }

const ELSEWHERE: TemplateFailure = {
  ok: false,
  lost: false,
  where: 'elsewhere',
  error: { providerCode: 'none', code: 'permission_missing' },
}

async function list(line: Line, wire: Wire): Promise<{ ok: true; templates: ProviderTemplate[] } | TemplateFailure> {
  const selfServe = `wa/app/${encodeURIComponent(gupshupOf(line).appId)}/template`
  const headers = { ...signedHeaders(line), accept: 'application/json' }
  const answer = await ask(wire, addressOf(line, { selfServe, partner: 'templates' }), { method: 'GET', headers })
  const body = answer.came ? fieldsOf(answer.json) : {}
  if (!answer.came || answer.status !== 200 || !Array.isArray(body.templates)) return failed(answer)
  return { ok: true, templates: listOf(body.templates, 6000).flatMap((item) => templateOf(fieldsOf(item))) }
}

function templateOf(item: Fields): ProviderTemplate[] {
  const [providerId, name, language] = [idOf(item.id), nameOf(item.elementName, 512), idOf(item.languageCode, 20)]
  if (!providerId || !name || !language || /^delet/i.test(idOf(item.status) ?? '')) return []
  return [
    {
      ...{ providerId, name, language },
      category: categoryOf(item.category),
      status: statusOf(item.status),
      reason: reasonOf(item.rejectedReason, item.reason),
      quality: qualityOf(item.quality),
      content: contentOf(item),
    },
  ]
}

const jsonIn = (value: unknown): Fields => fieldsOf(readJson(new TextEncoder().encode(textOf(value) ?? '')))

/** `containerMeta` is JSON in a string, and may be missing or broken: then the rendered text is all that we know. */
function contentOf(item: Fields): TemplateContent {
  const container = jsonIn(item.containerMeta)
  const rendered = textOf(item.data) ?? ''
  const body = textOf(container.data) ?? rendered.split('\n | ')[0] ?? rendered
  const type = (idOf(item.templateType) ?? 'TEXT').toUpperCase()
  const buttons = listOf(container.buttons, 20).map(fieldsOf)
  const strange = buttons.map((button) => idOf(button.type) ?? '').find((one) => ['FLOW', 'CATALOG', 'MPM', 'OTP'].includes(one))
  const sample = textOf(container.sampleText) ?? textOf(jsonIn(item.meta).example) ?? ''
  return {
    format: placesIn(body).some((place) => !/^\d+$/.test(place)) ? 'named' : 'positional',
    header: headerOf(type, container),
    body,
    examples: samplesIn(body, sample),
    footer: textOf(container.footer) || null,
    buttons: buttons.map(buttonOf),
    unsupported: strange ?? (KNOWN_TYPES.has(type) ? null : type),
  }
}

const KNOWN_TYPES = new Set(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'])

function headerOf(type: string, container: Fields): TemplateHeader | null {
  const text = textOf(container.header)
  const example = textOf(container.sampleHeader)
  switch (type) {
    case 'IMAGE':
      return { kind: 'image' }
    case 'VIDEO':
      return { kind: 'video' }
    case 'DOCUMENT':
      return { kind: 'document' }
    case 'LOCATION':
      return { kind: 'location' }
    default:
      return text ? { kind: 'text', text, ...(example ? { example } : {}) } : null
  }
}

function buttonOf(button: Fields): TemplateButton {
  const text = textOf(button.text) ?? ''
  const example = textOf(Array.isArray(button.example) ? button.example[0] : button.example)
  const sample = example ? { example } : {}
  switch (idOf(button.type)) {
    case 'QUICK_REPLY':
      return { kind: 'quick_reply', text }
    case 'URL':
      return { kind: 'url', text, url: textOf(button.url) ?? '', ...sample }
    case 'PHONE_NUMBER':
      return { kind: 'phone', text, phone: textOf(button.phone_number) ?? '' }
    case 'COPY_CODE':
      return { kind: 'copy_code', text: text || 'COPY_CODE', ...sample }
    default:
      return { kind: 'other', text: text || (idOf(button.type) ?? '') }
  }
}

/** Gupshup keeps the whole text with its samples (as `[sample]`, or bare): what stands where a variable stood is its sample. */
function samplesIn(body: string, sample: string): string[] {
  const places = placesIn(body)
  const pieces = body.split(/\{\{\s*\w+\s*\}\}/)
  const samples: string[] = []
  let at = pieces[0]?.length ?? 0
  if (!sample.startsWith(pieces[0] ?? '')) return places.map(() => '')
  for (const piece of pieces.slice(1)) {
    const end = piece === '' ? sample.length : sample.indexOf(piece, at)
    if (end < 0) return places.map(() => '')
    samples.push(sample.slice(at, end).replace(/^\[(.*)\]$/, '$1'))
    at = end + piece.length
  }
  return samples.slice(0, places.length)
}

async function create(
  draft: TemplateDraft,
  line: Line,
  wire: Wire,
): Promise<{ ok: true; providerId: string; status: ProviderTemplate['status'] } | TemplateFailure> {
  if (gupshupOf(line).access !== 'partner') return ELSEWHERE
  const form = await formOf(draft, line, wire)
  if (!(form instanceof URLSearchParams)) return form
  const answer = await send('POST', 'templates', form, line, wire)
  const made = fieldsOf(answer.came && answer.status < 300 ? fieldsOf(answer.json).template : undefined)
  const providerId = idOf(made.id)
  return providerId ? { ok: true, providerId, status: statusOf(made.status ?? 'PENDING') } : failed(answer)
}

async function edit(providerId: string, draft: TemplateDraft, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure> {
  if (gupshupOf(line).access !== 'partner') return ELSEWHERE
  const form = await formOf(draft, line, wire)
  if (!(form instanceof URLSearchParams)) return form
  const answer = await send('PUT', `templates/${encodeURIComponent(providerId)}`, form, line, wire)
  return isDone(answer) ? { ok: true } : failed(answer)
}

async function remove(_providerId: string, name: string, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure> {
  if (gupshupOf(line).access !== 'partner') return ELSEWHERE
  const answer = await send('DELETE', `template/${encodeURIComponent(name)}`, null, line, wire)
  return isDone(answer) ? { ok: true } : failed(answer)
}

function isDone(answer: Answer): boolean {
  return answer.came && answer.status < 300 && fieldsOf(answer.json).status !== 'error'
}

function send(method: string, partner: string, form: URLSearchParams | null, line: Line, wire: Wire): Promise<Answer> {
  const headers = { ...signedHeaders(line), accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
  return ask(wire, addressOf(line, { selfServe: partner, partner }), { method, headers, body: form?.toString() ?? null })
}

async function formOf(draft: TemplateDraft, line: Line, wire: Wire): Promise<URLSearchParams | TemplateFailure> {
  const { name, language, category, content, sample } = draft
  const { header, body, examples, footer, buttons } = content
  const handle = await sampleHandle(sample, line, wire)
  if (handle !== null && typeof handle !== 'string') return handle
  const places = placesIn(body)
  const withSamples = body.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, place: string) => `[${examples[places.indexOf(place)] ?? ''}]`)
  const fields: Record<string, string | null | undefined> = {
    ...{
      appId: gupshupOf(line).appId,
      elementName: name,
      languageCode: language,
      category: category.toUpperCase(),
      vertical: name,
    },
    templateType: !header || header.kind === 'text' ? 'TEXT' : header.kind.toUpperCase(),
    ...{ content: body, example: withSamples, enableSample: 'true', allowTemplateCategoryChange: 'false', footer },
    header: header?.kind === 'text' ? header.text : null,
    exampleHeader: header?.kind === 'text' ? header.example && header.text.replace(/\{\{\s*\w+\s*\}\}/, header.example) : null,
    exampleMedia: handle,
    buttons: buttons.length > 0 ? JSON.stringify(buttons.map(buttonFields)) : null,
  }
  return new URLSearchParams(Object.entries(fields).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

function buttonFields({ kind, text, url, phone, example }: TemplateButton): object {
  switch (kind) {
    case 'url':
      return { type: 'URL', text, url, ...(example && { example: [example] }) }
    case 'phone':
      return { type: 'PHONE_NUMBER', text, phone_number: phone }
    case 'copy_code':
      return { type: 'COPY_CODE', text, example }
    default:
      return { type: 'QUICK_REPLY', text }
  }
}

async function sampleHandle(sample: TemplateDraft['sample'], line: Line, wire: Wire): Promise<string | null | TemplateFailure> {
  if (!sample) return null
  const bytes = await sample.bytes().catch(() => null)
  if (!bytes) return { ok: false, lost: false, error: { providerCode: 'none', code: 'media_not_ready' } }
  const form = new FormData()
  form.set('file', new Blob([bytes], { type: sample.mime }), sample.name ?? 'file')
  form.set('file_type', sample.mime)
  const address = addressOf(line, { selfServe: 'upload/media', partner: 'upload/media' })
  const answer = await ask(wire, address, { method: 'POST', headers: signedHeaders(line), body: form })
  const handle = answer.came && answer.status < 300 ? textOf(fieldsOf(fieldsOf(answer.json).handleId).message, 4000) : undefined
  return handle ?? { ...failed(answer), lost: false }
}

function failed(answer: Answer): TemplateFailure {
  const { outcome, error } = failureOf(answer)
  const isTaken = /already exists/i.test(error.detail ?? '')
  return { ok: false, lost: outcome === 'unknown', error, ...(isTaken ? { where: 'taken' as const } : {}) }
}
