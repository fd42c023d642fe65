import Copy from 'lucide-solid/icons/copy'
import { copyText } from './lib/copy.ts'
import { t } from './text/text.ts'
import { IconButton } from './ui/button.tsx'
import { say } from './ui/toast.tsx'

/** Something to be pasted elsewhere: whole, and easy to copy. */
export function CopyLine(props: { name: string; copyLabel: string; value: string }) {
  return (
    <div class="mt-3">
      <p class="text-meta text-ink-3">{props.name}</p>
      <div class="mt-1 flex items-center gap-1 rounded-segment border border-line bg-paper pl-3">
        <code class="min-w-0 flex-1 py-2 font-mono text-meta break-all select-all">{props.value}</code>
        <IconButton
          label={props.copyLabel}
          icon={Copy}
          onClick={() => void copyText(props.value).then((done) => say(done ? t().app.copied : t().app.copyFailed))}
        />
      </div>
    </div>
  )
}
