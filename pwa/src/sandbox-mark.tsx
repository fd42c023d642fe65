import { t } from './text/text.ts'

/** Stands wherever a number stands that is not the company's own, but one to try with. */
export function SandboxMark() {
  return (
    <span class="flex-none rounded-chip border border-maiz bg-maiz-tint px-2 py-0.5 text-meta font-semibold text-maiz">
      {t().chat.sandbox}
    </span>
  )
}
