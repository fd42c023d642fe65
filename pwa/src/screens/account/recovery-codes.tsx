import Copy from 'lucide-solid/icons/copy'
import Download from 'lucide-solid/icons/download'
import { createSignal, For, onMount } from 'solid-js'
import { copyText, saveText } from '../../lib/copy.ts'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

/** The codes for the day the phone is lost: shown this once. */
export function RecoveryCodes(props: { codes: readonly string[]; done: () => void }) {
  const [copied, setCopied] = createSignal<boolean | null>(null)
  let heading!: HTMLHeadingElement
  onMount(() => heading.focus())
  return (
    <div class="flex flex-col gap-3">
      <h3 ref={heading} tabindex={-1} class="font-semibold">
        {own().totp.recoveryTitle}
      </h3>
      <p class="text-small text-ink-2">{own().totp.recoveryHelp}</p>
      <ul class="grid grid-cols-2 gap-x-4 gap-y-1 rounded-slip border border-line bg-paper p-4 font-mono">
        <For each={props.codes}>{(code) => <li class="select-all">{code}</li>}</For>
      </ul>
      <div class="flex flex-wrap gap-2">
        <Button icon={Copy} onClick={() => void copyText(props.codes.join('\n')).then(setCopied)}>
          {own().totp.copyCodes}
        </Button>
        <Button icon={Download} onClick={() => saveText(own().totp.file, `${props.codes.join('\n')}\n`)}>
          {own().totp.downloadCodes}
        </Button>
      </div>
      <p role="status" class="text-meta text-ink-2 empty:hidden">
        {copied() === null ? null : copied() ? t().app.copied : t().app.copyFailed}
      </p>
      <Button kind="primary" class="self-start" onClick={() => props.done()}>
        {own().totp.saved}
      </Button>
    </div>
  )
}
