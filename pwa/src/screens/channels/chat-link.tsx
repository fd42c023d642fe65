import Copy from 'lucide-solid/icons/copy'
import Download from 'lucide-solid/icons/download'
import { createSignal, Show } from 'solid-js'
import { copyText } from '../../lib/copy.ts'
import { createRead } from '../../lib/create-read.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toast.tsx'
import { Card } from './card.tsx'

/** `wa.me` of a number, with the text that the customer begins with, and its QR picture. */
export function ChatLink(props: { phone: string; name: string }) {
  const [text, setText] = createSignal('')
  const address = () => {
    const words = text().trim()
    return `https://wa.me/${props.phone}${words ? `?text=${encodeURIComponent(words)}` : ''}`
  }
  const [picture] = createRead(address, async (url) => {
    const { renderSVG } = await import('uqr')
    return `data:image/svg+xml,${encodeURIComponent(renderSVG(url, { border: 2 }))}`
  })
  return (
    <Card title={channelText().link} help={channelText().linkHelp}>
      <div class="mt-3 flex flex-col gap-4 tablet:flex-row">
        <div class="size-44 flex-none self-center overflow-hidden rounded-slip bg-sunk">
          <Show when={!picture.error && picture.latest}>
            {(src) => <img src={src()} alt={channelText().qr} class="size-44" />}
          </Show>
        </div>
        <div class="min-w-0 flex-1">
          <div class="flex items-center gap-1 rounded-segment border border-line bg-paper pl-3">
            <code class="min-w-0 flex-1 py-2 font-mono text-meta break-all select-all">{address()}</code>
            <IconButton
              label={channelText().copyLink}
              icon={Copy}
              onClick={() => void copyText(address()).then((done) => say(done ? t().app.copied : t().app.copyFailed))}
            />
          </div>
          <Field
            class="mt-3"
            label={channelText().linkText}
            maxlength={200}
            autocomplete="off"
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <Show when={picture.latest}>
            {(src) => (
              <a class="button button-outlined mt-3" href={src()} download={`${props.name}.svg`}>
                <Icon of={Download} />
                {channelText().download}
              </a>
            )}
          </Show>
        </div>
      </div>
    </Card>
  )
}
