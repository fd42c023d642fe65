import type { Template } from '#contract/templates.ts'

/** States in the order in which they matter to whoever looks after templates. */
export const TEMPLATE_ORDER: readonly Template['status'][] = [
  'approved',
  'pending',
  'rejected',
  'paused',
  'disabled',
  'draft',
  'in_appeal',
  'limit_exceeded',
  'archived',
  'unknown',
]
