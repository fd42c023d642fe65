import Copy from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { copyText } from '../../lib/copy.ts'
import { createRead, once } from '../../lib/create-read.ts'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Refused } from './section.tsx'

type ScanStepProps = {
  secret: string
  uri: string
  busy: boolean
  error: string | null
  code: string
  type: (code: string) => void
  confirm: () => void
  cancel: () => void
}

/** The seed as a drawing and as letters, and the first code of it. */
export function ScanStep(props: ScanStepProps) {
  const [copied, setCopied] = createSignal<boolean | null>(null)
  const [picture] = createRead(once, async () => {
    const { renderSVG } = await import('uqr')
    return `data:image/svg+xml,${encodeURIComponent(renderSVG(props.uri, { border: 2 }))}`
  })
  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        props.confirm()
      }}
    >
      <p class="text-small text-ink-2">{own().totp.scan}</p>
      <div class="size-50 self-center overflow-hidden rounded-slip bg-sunk">
        <Show when={!picture.error && picture.latest}>{(src) => <img src={src()} alt={own().totp.qr} class="size-50" />}</Show>
      </div>
      <div>
        <p class="text-meta text-ink-3">{own().totp.secret}</p>
        <div class="mt-1 flex items-center gap-1 rounded-segment border border-line bg-paper pl-3">
          <code class="min-w-0 flex-1 py-2 font-mono text-meta break-all select-all">{props.secret}</code>
          <IconButton label={own().totp.copySecret} icon={Copy} onClick={() => void copyText(props.secret).then(setCopied)} />
        </div>
        <p role="status" class="mt-1 text-meta text-ink-2 empty:hidden">
          {copied() === null ? null : copied() ? t().app.copied : t().app.copyFailed}
        </p>
      </div>
      <Field
        label={own().totp.code}
        autocomplete="one-time-code"
        inputmode="numeric"
        pattern="\s*(\d\s*){6}"
        maxlength={10}
        required
        value={props.code}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
      <Refused error={props.error} />
      <div class="flex flex-wrap gap-2">
        <Button kind="primary" type="submit" busy={props.busy}>
          {own().totp.confirm}
        </Button>
        <Button kind="quiet" onClick={() => props.cancel()}>
          {t().app.cancel}
        </Button>
      </div>
    </form>
  )
}
