import type { Base } from '#contract/permissions.ts'
import { t } from './text.ts'

/** An own role has its name; the standard ones are called in the reader's language. */
export function roleName(role: { name: string | null; base: Base }): string {
  return role.name ?? t().settings.roleNames[role.base]
}
