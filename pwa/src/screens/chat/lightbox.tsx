import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Download from 'lucide-solid/icons/download'
import X from 'lucide-solid/icons/x'
import ZoomIn from 'lucide-solid/icons/zoom-in'
import { createEffect, on, onCleanup, onMount, Show } from 'solid-js'
import { mediaUrl } from '../../api/media-url.ts'
import { exactTime } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { createZoom } from './create-zoom.ts'
import { sentFile } from './local-files.ts'
import type { Shown } from './shown.rules.ts'

type LightboxProps = {
  shown: Shown
  /** The chat's pictures that are here, in its order. */
  pictures: readonly Shown[]
  name: string
  show: (messageId: string) => void
  close: () => void
}

/** A picture, large: two fingers or two taps come closer, a sweep goes to the next one of the chat. */
export function Lightbox(props: LightboxProps) {
  let dialog!: HTMLDialogElement
  let frame!: HTMLDivElement
  onMount(() => dialog.showModal())
  onCleanup(() => dialog.close())
  const message = () => props.shown.message
  const url = () => sentFile(message().id) ?? mediaUrl(message().media?.id ?? '')
  const place = () => props.pictures.findIndex((one) => one.message.id === message().id)
  const beside = (by: -1 | 1) => props.pictures[place() + by]?.message.id
  const zoom = createZoom(turn)
  const alt = () => message().text ?? t().slip.photo(message().media?.name ?? null)

  function turn(by: -1 | 1) {
    const next = place() < 0 ? undefined : beside(by)
    if (next) props.show(next)
  }
  createEffect(
    on(
      () => message().id,
      () => zoom.fit(),
      { defer: true },
    ),
  )

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowRight') turn(1)
    if (event.key === 'ArrowLeft') turn(-1)
    if (event.key === '+') zoom.by(1.5, frame)
    if (event.key === '-') zoom.by(1 / 1.5, frame)
  }

  return (
    <dialog
      ref={dialog}
      class="m-0 h-dvh w-screen flex-col bg-paper open:flex"
      aria-label={t().kinds.image}
      onKeyDown={onKeyDown}
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
          <p class="text-meta text-ink-2">
            {exactTime(message().at)}
            <Show when={props.pictures.length > 1 && place() >= 0}>
              {' '}
              · {place() + 1}/{props.pictures.length}
            </Show>
          </p>
        </div>
        <IconButton
          label={zoom.zoom().scale > 1 ? t().slip.zoomOut : t().slip.zoomIn}
          icon={ZoomIn}
          onClick={() => (zoom.zoom().scale > 1 ? zoom.fit() : zoom.by(2.5, frame))}
        />
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
      <div class="relative min-h-0 flex-1">
        <div
          ref={frame}
          class="flex size-full touch-none items-center justify-center overflow-hidden p-2 select-none"
          classList={{ 'cursor-zoom-in': zoom.zoom().scale === 1, 'cursor-grab': zoom.zoom().scale > 1 }}
          {...zoom.handlers}
        >
          <img
            src={url()}
            alt={alt()}
            class="max-h-full max-w-full object-contain"
            draggable={false}
            style={{ transform: `translate(${zoom.zoom().x}px, ${zoom.zoom().y}px) scale(${zoom.zoom().scale})` }}
          />
        </div>
        <Show when={beside(-1)}>
          <Turn label={t().slip.previousPhoto} icon={ChevronLeft} class="left-2" turn={() => turn(-1)} />
        </Show>
        <Show when={place() >= 0 && beside(1)}>
          <Turn label={t().slip.nextPhoto} icon={ChevronRight} class="right-2" turn={() => turn(1)} />
        </Show>
      </div>
      <p class="clamp-2 px-4 pb-[max(12px,env(safe-area-inset-bottom))] text-center">{message().text}</p>
    </dialog>
  )
}

function Turn(props: { label: string; icon: typeof ChevronLeft; class: string; turn: () => void }) {
  return (
    <span class={`absolute top-1/2 -translate-y-1/2 rounded-button bg-surface shadow-float ${props.class}`}>
      <IconButton label={props.label} icon={props.icon} onClick={() => props.turn()} />
    </span>
  )
}
