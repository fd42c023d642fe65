/** Templates at Meta: reference/meta-cloud-api.md §12 (samples of files) and §14. */
import type { OutgoingFile, Line, ProviderTemplate, TemplateDraft, TemplateFailure, TemplatePort, Wire } from '../channel.ts'
import { categoryOf, qualityOf, reasonOf, statusOf } from '../cloud-format/template-words.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, listOf, nameOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { failureOf } from './errors.ts'
import { bearer, getGraph, graphUrl, metaOf } from './graph.ts'
import { componentsOf, contentOf } from './template-parts.ts'
import { uploadFile } from './upload.ts'

export const metaTemplates: TemplatePort = { list, create, edit, remove, removesAllLanguages: false }

const FIELDS = 'id,name,status,category,language,components,parameter_format,quality_score,rejected_reason'
const PAGE = 100
/** An account has 6,000 at most (§14): more pages than that go in circles. */
const PAGES_MAX = 70

async function list(line: Line, wire: Wire): Promise<{ ok: true; templates: ProviderTemplate[] } | TemplateFailure> {
  const { wabaId } = metaOf(line)
  if (!wabaId) return NO_ACCOUNT
  const templates: ProviderTemplate[] = []
  let after = ''
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = `fields=${FIELDS}&limit=${PAGE}${after && `&after=${encodeURIComponent(after)}`}`
    const answer = await getGraph(line, wire, `${wabaId}/message_templates?${query}`)
    if (!answer.came || answer.status !== 200) return failed(answer)
    const body = fieldsOf(answer.json)
    templates.push(...listOf(body.data).flatMap((item) => templateOf(fieldsOf(item))))
    const paging = fieldsOf(body.paging)
    const next = idOf(fieldsOf(paging.cursors).after, 1000)
    if (paging.next === undefined || next === undefined || next === after) break
    after = next
  }
  return { ok: true, templates }
}

function templateOf(item: Fields): ProviderTemplate[] {
  const [providerId, name, language] = [idOf(item.id), nameOf(item.name, 512), idOf(item.language, 20)]
  // One that is being deleted is gone for us.
  if (!providerId || !name || !language || /^(PENDING_)?DELET/.test(idOf(item.status) ?? '')) return []
  return [
    {
      ...{ providerId, name, language },
      category: categoryOf(item.category),
      status: statusOf(item.status),
      reason: reasonOf(item.rejected_reason),
      quality: qualityOf(fieldsOf(item.quality_score).score),
      content: contentOf(item.components, item.parameter_format),
    },
  ]
}

const NO_ACCOUNT: TemplateFailure = {
  ok: false,
  lost: false,
  where: 'account_id',
  error: { providerCode: 'none', code: 'message_malformed' },
}

async function create(
  draft: TemplateDraft,
  line: Line,
  wire: Wire,
): Promise<{ ok: true; providerId: string; status: ProviderTemplate['status'] } | TemplateFailure> {
  const { wabaId } = metaOf(line)
  if (!wabaId) return NO_ACCOUNT
  const sample = await sampleOf(draft.sample, line, wire)
  if (!sample.ok) return sample
  const { name, language, category, content } = draft
  const body = {
    ...{ name, language, category: category.toUpperCase() },
    parameter_format: content.format.toUpperCase(),
    components: componentsOf(content, sample.handle),
  }
  const answer = await post(line, wire, `${wabaId}/message_templates`, body)
  const said = answer.came && answer.status === 200 ? fieldsOf(answer.json) : {}
  const providerId = idOf(said.id)
  return providerId ? { ok: true, providerId, status: statusOf(said.status ?? 'PENDING') } : failed(answer)
}

/** The category of an approved one cannot be changed (§14): it goes along only where it may. */
async function edit(providerId: string, draft: TemplateDraft, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure> {
  const sample = await sampleOf(draft.sample, line, wire)
  if (!sample.ok) return sample
  const answer = await post(line, wire, encodeURIComponent(providerId), {
    components: componentsOf(draft.content, sample.handle),
  })
  return answer.came && answer.status === 200 && fieldsOf(answer.json).success === true ? { ok: true } : failed(answer)
}

async function remove(providerId: string, name: string, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure> {
  const { wabaId } = metaOf(line)
  if (!wabaId) return NO_ACCOUNT
  const query = new URLSearchParams({ name, hsm_id: providerId })
  const answer = await ask(wire, graphUrl(line, `${wabaId}/message_templates?${query}`), {
    method: 'DELETE',
    headers: bearer(line),
  })
  return answer.came && answer.status === 200 ? { ok: true } : failed(answer)
}

function post(line: Line, wire: Wire, path: string, body: object): Promise<Answer> {
  const headers = { ...bearer(line), 'content-type': 'application/json' }
  return ask(wire, graphUrl(line, path), { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Gives Meta the file that its reviewers look at (§12, resumable upload; `app` is the token's own). A message never uses it. */
async function sampleOf(
  file: OutgoingFile | null,
  line: Line,
  wire: Wire,
): Promise<{ ok: true; handle: string | null } | TemplateFailure> {
  if (!file) return { ok: true, handle: null }
  const upload = await uploadFile(file, line, wire)
  if (upload.ok) return upload
  if (!upload.answer) return { ok: false, lost: false, error: { providerCode: 'none', code: 'media_not_ready' } }
  // A sample that arrived twice troubles nobody.
  return { ...failed(upload.answer), lost: false }
}

/** Meta tells people what is wrong with a template in `error_user_msg`: better words than ours. */
function failed(answer: Answer): TemplateFailure {
  const { outcome, error } = failureOf(answer)
  const said = answer.came ? fieldsOf(fieldsOf(answer.json).error) : {}
  const words = reasonOf(said.error_user_title, said.error_user_msg)
  return {
    ok: false,
    lost: outcome === 'unknown',
    error: { ...error, ...(words ? { detail: words } : {}) },
    // 2388024: there is one of this name and language.
    ...(idOf(said.error_subcode) === '2388024' ? { where: 'taken' as const } : {}),
  }
}
