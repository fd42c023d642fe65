import Check from 'lucide-solid/icons/check'
import Copy from 'lucide-solid/icons/copy'
import { createSignal } from 'solid-js'
import { copyText } from './lib/copy.ts'
import { t } from './text/text.ts'
import { IconButton } from './ui/button.tsx'

/** A secret that is never shown again: whole, easy to copy. What came of copying is said here: a sheet covers the toasts. */
export function ShownOnce(props: { label: string; copyLabel: string; value: string }) {
  const [copied, setCopied] = createSignal<boolean | null>(null)
  const words = () => (copied() ? t().app.copied : t().app.copyFailed)
  return (
    <div>
      <p class="text-meta text-ink-3">{props.label}</p>
      <div class="mt-1 flex items-center gap-1 rounded-segment border border-line bg-paper pl-3">
        <code class="min-w-0 flex-1 py-2 font-mono text-meta break-all select-all">{props.value}</code>
        <IconButton
          label={props.copyLabel}
          icon={copied() ? Check : Copy}
          onClick={() => void copyText(props.value).then(setCopied)}
        />
      </div>
      <p role="status" class="mt-1 min-h-4.5 text-meta text-ink-2">
        {copied() === null ? '' : words()}
      </p>
    </div>
  )
}
