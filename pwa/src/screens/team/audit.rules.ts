/** An entry of the log as it is told: a sentence, and what was before and after. */
import type { AuditEntry } from '#contract/audit.ts'
import { BASES, PERMISSIONS, REACHES, type Base, type Permission, type Reach } from '#contract/permissions.ts'

export type ChangeRow = { field: string; before: unknown; after: unknown }

/** One row for each thing that either side names; grants are told permission by permission. */
export function changeRows({ before, after }: Pick<AuditEntry, 'before' | 'after'>): ChangeRow[] {
  const [old, fresh] = [unfolded(before), unfolded(after)]
  const fields = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
  return fields.map((field) => ({ field, before: old[field] ?? null, after: fresh[field] ?? null }))
}

function unfolded(side: Record<string, unknown> | null): Record<string, unknown> {
  if (!side) return {}
  const { grants, ...rest } = side
  return grants && typeof grants === 'object' && !Array.isArray(grants) ? { ...rest, ...grants } : side
}

export const isPermission = (name: unknown): name is Permission => PERMISSIONS.some((known) => known === name)
export const isReach = (value: unknown): value is Reach => REACHES.some((known) => known === value)
export const isBase = (name: unknown): name is Base => BASES.some((known) => known === name)

/** Entries in the order they came, by the day that `dayOf` gives. */
export function byDay(entries: readonly AuditEntry[], dayOf: (at: string) => string): { day: string; entries: AuditEntry[] }[] {
  const days: { day: string; entries: AuditEntry[] }[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
