import Download from 'lucide-solid/icons/download'
import X from 'lucide-solid/icons/x'
import { onCleanup, onMount } from 'solid-js'
import { mediaUrl } from '../../api/upload.ts'
import { exactTime } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { sentFile } from './local-files.ts'
import type { Shown } from './shown.rules.ts'

/** A picture, large. */
export function Lightbox(props: { shown: Shown; name: string; close: () => void }) {
  let dialog!: HTMLDialogElement
  onMount(() => dialog.showModal())
  onCleanup(() => dialog.close())
  const message = () => props.shown.message
  const url = () => sentFile(message().id) ?? mediaUrl(message().media?.id ?? '')
  return (
    <dialog
      ref={dialog}
      class="m-0 h-dvh w-screen flex-col bg-paper open:flex"
      aria-label={t().kinds.image}
      onCancel={(event) => {
        event.preventDefault()
        props.close()
      }}
    >
      <header class="flex items-center gap-1 border-b border-line bg-surface px-2 pt-[env(safe-area-inset-top)]">
        <div class="min-w-0 flex-1 py-2 pl-3">
          <p class="truncate font-semibold">
            {message().direction === 'in' ? props.name : (message().author.name ?? props.name)}
          </p>
          <p class="text-meta text-ink-2">{exactTime(message().at)}</p>
        </div>
        <a
          class="icon-button"
          href={url()}
          download={message().media?.name ?? 'foto.jpg'}
          aria-label={t().slip.download}
          title={t().slip.download}
        >
          <Icon of={Download} size={22} />
        </a>
        <IconButton label={t().app.close} icon={X} onClick={() => props.close()} />
      </header>
      <div class="flex min-h-0 flex-1 touch-pinch-zoom items-center justify-center overflow-auto p-2">
        <img
          src={url()}
          alt={message().text ?? t().slip.photo(message().media?.name ?? null)}
          class="max-h-full max-w-full object-contain"
        />
      </div>
      <p class="clamp-2 px-4 pb-[max(12px,env(safe-area-inset-bottom))] text-center">{message().text}</p>
    </dialog>
  )
}
