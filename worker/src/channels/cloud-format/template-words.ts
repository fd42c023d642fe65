/** Words about templates, which Gupshup writes as Meta does, in either case: reference/meta-cloud-api.md §6, §14. */
import type { TemplateNews } from '#contract/channel-event.ts'
import { TEMPLATE_CATEGORIES, TEMPLATE_QUALITIES, TEMPLATE_STATUSES, type Template } from '#contract/templates.ts'
import { fieldsOf, idOf, nameOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

const OTHER_STATUSES: Readonly<Record<string, Template['status'] | undefined>> = {
  flagged: 'approved',
  reinstated: 'approved',
  failed: 'rejected',
  deactivated: 'disabled',
  locked: 'disabled',
  pending_deletion: 'archived',
  deleted: 'archived',
}

const wordOf = (value: unknown): string => (nameOf(value, 60) ?? '').toLowerCase()

export function statusOf(value: unknown): Template['status'] {
  const word = wordOf(value)
  return TEMPLATE_STATUSES.find((status) => status === word && status !== 'draft') ?? OTHER_STATUSES[word] ?? 'unknown'
}

/** `TRANSACTIONAL` and its like are of before 2023. */
export function categoryOf(value: unknown): Template['category'] {
  const word = wordOf(value)
  return TEMPLATE_CATEGORIES.find((category) => category === word) ?? (word === 'otp' ? 'authentication' : 'utility')
}

export function qualityOf(value: unknown): Template['quality'] {
  const word = wordOf(value)
  return TEMPLATE_QUALITIES.find((quality) => quality === word) ?? 'unknown'
}

/** The reason of a refusal; `NONE` is none. */
export function reasonOf(...values: unknown[]): string | null {
  const words = values.map((value) => textOf(value, 500)?.trim() ?? '').filter((text) => text !== '' && text !== 'NONE')
  return words.length > 0 ? words.join('. ') : null
}

/** `deleted` in news says that it is gone; other words say where it stands. */
export function newsStatusOf(value: unknown): string {
  return wordOf(value) === 'deleted' ? 'deleted' : statusOf(value)
}

/** What a template field tells, whichever it is; nothing for news of anything else. Gupshup's third format passes it on with its own id. */
export function templateNews(value: Fields): { template?: TemplateNews } {
  const name = nameOf(value.message_template_name, 512)
  const metaId = idOf(value.message_template_id)
  if (name === undefined && metaId === undefined) return {}
  const providerId = idOf(value.gs_template_id) ?? metaId
  const language = idOf(value.message_template_language, 20)
  // Only a category without `correct_category` has come into force (§6).
  const category = value.correct_category === undefined ? value.new_category : undefined
  const info = fieldsOf(value.rejection_info)
  const reason = reasonOf(value.reason, info.reason, info.recommendation, fieldsOf(value.other_info).description)
  return {
    template: {
      ...(providerId !== undefined && { providerId }),
      ...(name !== undefined && { name }),
      ...(language !== undefined && { language }),
      ...(value.event !== undefined && { status: newsStatusOf(value.event) }),
      ...(value.event !== undefined && reason !== null && { reason }),
      ...(value.new_quality_score !== undefined && { quality: qualityOf(value.new_quality_score) }),
      ...(category !== undefined && { category: categoryOf(category) }),
    },
  }
}
