import type { AuditEntry } from '#contract/audit.ts'
import { isScoped } from '#contract/permissions.ts'
import { exactTime } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { isBase, isPermission, isReach } from './audit.rules.ts'

/** `Ana Vega cambió el rol Agente` */
export function auditSentence(entry: AuditEntry): string {
  const { object, action } = entry
  const named = object.kind === 'role' && isBase(object.name) ? t().settings.roleNames[object.name] : object.name
  return team().did[action](actorName(entry.actor), named ?? '')
}

function actorName(actor: AuditEntry['actor']): string {
  const words = team().audit
  if (actor.kind === 'system') return words.system
  if (actor.kind === 'operator') return words.operator
  if (actor.kind === 'nobody') return actor.name ?? words.nobody
  if (actor.kind === 'key') return words.key(actor.name ?? '').trim()
  return actor.name ?? words.someone
}

/** A permission has its name; other things theirs, or the one that the log uses. */
export function fieldName(field: string): string {
  if (isPermission(field)) return team().permissions[field].name
  return new Map<string, string>(Object.entries(team().fields)).get(field) ?? field
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** What a field held, in words. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return isPermission(field) ? team().roles.none : team().audit.nothing
  }
  if (isPermission(field) && isReach(value)) return isScoped(field) ? team().roles.reaches[value] : team().roles.yes
  if (typeof value === 'boolean') return value ? team().audit.yes : team().audit.no
  if (Array.isArray(value)) return value.length > 0 ? value.map((item) => valueText('', item)).join(', ') : team().audit.nothing
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => `${fieldName(name)}: ${valueText(name, inner)}`)
      .join(' · ')
  }
  const text = String(value)
  if (isBase(text)) return t().settings.roleNames[text]
  if (text === 'shared' || text === 'exclusive') return team().numbers[text]
  return INSTANT.test(text) ? exactTime(text) : text
}
