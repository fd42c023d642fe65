import ImagePlus from 'lucide-solid/icons/image-plus'
import { createSignal, onCleanup, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { stickerOf } from '../../../pictures/sticker.ts'
import { uuidv7 } from '../../../lib/uuid.ts'
import { cardsText } from '../../../text/cards.ts'
import { t } from '../../../text/text.ts'
import { Busy, Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { createSay } from './create-say.ts'

/** Makes a sticker of a picture and sends it, as it will look. */
export function StickerSheet(props: { chat: Chat; close: () => void; sent: () => void }) {
  const words = () => cardsText().stickers
  const [made, setMade] = createSignal<{ blob: Blob; url: string } | null>(null)
  const [busy, setBusy] = createSignal(false)
  const { say, refusal, setRefusal } = createSay(
    () => props.chat,
    () => props.sent(),
  )
  const forget = () => {
    const before = made()
    if (before) URL.revokeObjectURL(before.url)
    setMade(null)
  }
  onCleanup(forget)

  async function take(file: File | undefined) {
    if (!file) return
    setBusy(true)
    setRefusal(null)
    forget()
    try {
      const blob = await stickerOf(file)
      setMade({ blob, url: URL.createObjectURL(blob) })
    } catch {
      setRefusal(words().failed)
    } finally {
      setBusy(false)
    }
  }

  function send() {
    const { blob } = made() ?? {}
    if (!blob) return
    const file = { blobId: uuidv7(), name: 'sticker.webp', mime: 'image/webp', size: blob.size }
    void say({ kind: 'sticker', file }, [], blob)
  }

  return (
    <Sheet small title={words().title} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col items-center gap-4 p-5">
        <div class="flex size-48 items-center justify-center rounded-card bg-sunk">
          <Show when={made()} fallback={<Show when={busy()}>{<Busy />}</Show>}>
            {(one) => <img src={one().url} alt={words().alt} class="size-40 object-contain" />}
          </Show>
        </div>
        <p class="text-center text-small text-ink-2">{words().help}</p>
        <p role="alert" class="text-center text-small text-cochinilla empty:hidden">
          {refusal()}
        </p>
        <div class="flex w-full gap-2">
          <label class="button button-outlined relative flex-1 focus-within:outline-3 focus-within:outline-focus">
            <Icon of={ImagePlus} />
            {words().pick}
            <input
              type="file"
              accept="image/*"
              class="absolute inset-0 size-full cursor-pointer opacity-0"
              aria-label={words().pick}
              onChange={(event) => void take(event.currentTarget.files?.[0])}
            />
          </label>
          <Button kind="primary" class="flex-1" disabled={made() === null} onClick={send}>
            {cardsText().send}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
