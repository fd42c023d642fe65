import Hourglass from 'lucide-solid/icons/hourglass'
import X from 'lucide-solid/icons/x'
import { Match, Show, Switch } from 'solid-js'
import { mediaUrl } from '../../api/media-url.ts'
import { latePart } from '../../lib/late-part.tsx'
import { useDesk } from '../../live/context.ts'
import { chatName } from '../../text/chat-name.ts'
import { t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AudioPlayer } from './audio-player.tsx'
import { FileCard } from './file-card.tsx'
import { createLocalFile, sentFile } from './local-files.ts'
import { Picture } from './picture.tsx'
import type { Shown } from './shown.rules.ts'

/** Few files do not come by themselves. */
const LateFile = latePart(async () => {
  const [part, { loadPastText }] = await Promise.all([import('./late-file.tsx'), import('../../text/past.ts')])
  await loadPastText()
  return part.LateFile
})

/** The attachment of a message: on its way, here, or lost; or still on this phone. */
export function MediaPart(props: { shown: Shown; photo: () => void }) {
  return (
    <Show when={props.shown.message.media} fallback={<OutgoingFile shown={props.shown} photo={props.photo} />}>
      {(media) => (
        <Switch fallback={<Ready shown={props.shown} url={mediaUrl(media().id)} photo={props.photo} />}>
          <Match when={media().reason === 'on_demand' || media().state === 'lost'}>
            <LateFile message={props.shown.message} />
          </Match>
          <Match when={media().state === 'pending'}>
            <p class="flex items-center gap-2 py-1 text-ink-2">
              <Icon of={Hourglass} class="text-ink-3" />
              {t().kinds[props.shown.message.kind]} · {t().slip.pending}
            </p>
          </Match>
        </Switch>
      )}
    </Show>
  )
}

function Ready(props: { shown: Shown; url: string; photo: () => void }) {
  const message = () => props.shown.message
  const media = () => message().media
  /** As on WhatsApp, a GIF moves by itself, unless movement is unwelcome; a tap stops it or has it move. */
  const playsAlone = () => message().extra?.gif === true && !matchMedia('(prefers-reduced-motion: reduce)').matches
  const toggle = (video: HTMLVideoElement) => (video.paused ? void video.play() : video.pause())
  return (
    <Switch
      fallback={
        <FileCard
          name={media()?.name ?? t().slip.file}
          mime={media()?.mime ?? ''}
          size={media()?.size ?? null}
          pages={media()?.pages ?? null}
          url={props.url}
        />
      }
    >
      <Match when={message().kind === 'image' || (message().kind === 'template' && media()?.mime.startsWith('image/'))}>
        <Picture url={sentFile(message().id) ?? props.url} name={media()?.name ?? null} open={props.photo} />
      </Match>
      <Match when={message().kind === 'sticker'}>
        <StickerPicture url={sentFile(message().id) ?? props.url} />
      </Match>
      <Match when={message().kind === 'audio' || message().kind === 'voice'}>
        <Recording shown={props.shown} url={sentFile(message().id) ?? props.url} />
      </Match>
      <Match when={message().kind === 'video'}>
        <video
          src={props.url}
          controls={!message().extra?.gif}
          autoplay={playsAlone()}
          loop={message().extra?.gif === true}
          muted={message().extra?.gif === true}
          onClick={(event) => message().extra?.gif && toggle(event.currentTarget)}
          preload="metadata"
          playsinline
          aria-label={t().kinds.video}
          class="max-h-80 w-full rounded-segment bg-sunk"
        />
      </Match>
    </Switch>
  )
}

function StickerPicture(props: { url: string | undefined }) {
  return <img src={props.url} alt={t().kinds.sticker} width="128" height="128" class="size-32 object-contain" loading="lazy" />
}

/** An audio of either side. What was recorded where no voice note can be made says so. */
function Recording(props: { shown: Shown; url: string }) {
  const { desk, heard } = useDesk()
  const message = () => props.shown.message
  const sound = () => message().media?.sound ?? props.shown.pending?.file?.sound ?? null
  const isHeard = () => {
    if (message().direction === 'in') return heard.has(message().id)
    return message().status === 'played' ? true : null
  }
  const name = () => {
    const chat = desk.chat(message().chatId)
    return chat ? chatName(chat) : ''
  }
  return (
    <>
      <AudioPlayer
        id={message().id}
        chatId={message().chatId}
        url={props.url}
        isVoice={message().kind === 'voice' || sound() !== null}
        name={name()}
        size={message().media?.size ?? props.shown.pending?.file?.size ?? null}
        sound={sound()}
        isHeard={isHeard()}
      />
      <Show when={message().kind === 'audio' && sound()}>
        <p class="text-meta text-ink-2">{t().player.asAudio}</p>
      </Show>
    </>
  )
}

function OutgoingFile(props: { shown: Shown; photo: () => void }) {
  const { outbox } = useDesk()
  const file = () => props.shown.pending?.file ?? null
  const isSound = () => props.shown.message.kind === 'voice' || props.shown.message.kind === 'audio'
  const isSticker = () => props.shown.message.kind === 'sticker'
  const isKept = () => props.shown.message.kind === 'image' || isSticker() || isSound()
  const url = createLocalFile(
    () => file()?.blobId ?? null,
    () => (isKept() ? props.shown.message.id : null),
  )
  const percent = () => Math.round((outbox.progress(props.shown.message.id) ?? 0) * 100)
  return (
    <Show when={file()}>
      {(here) => (
        <>
          <Switch
            fallback={
              <div class="pr-11">
                <FileCard name={here().name} mime={here().mime} size={here().size} url={null} />
              </div>
            }
          >
            <Match when={props.shown.message.kind === 'image'}>
              <Picture url={url()} name={here().name} open={props.photo} />
            </Match>
            <Match when={isSticker()}>
              <StickerPicture url={url()} />
            </Match>
            <Match when={isSound() && url()}>{(address) => <Recording shown={props.shown} url={address()} />}</Match>
          </Switch>
          <Show when={!props.shown.pending?.posted && props.shown.pending?.state !== 'failed'}>
            <IconButton
              label={t().slip.cancelSend(here().name)}
              icon={X}
              class="absolute top-1 right-1 rounded-button bg-surface shadow-float"
              onClick={() => void outbox.discard(props.shown.message.id)}
            />
          </Show>
          <Show when={percent() > 0 && !props.shown.pending?.mediaId}>
            <div class="mt-1.5">
              <progress class="sr-only" max="100" value={percent()} aria-label={t().slip.uploading(percent())} />
              <div class="h-1 overflow-hidden rounded-full bg-sunk" aria-hidden="true">
                <div class="weave dye-anil h-full transition-[width]" style={{ width: `${percent()}%` }} />
              </div>
            </div>
          </Show>
        </>
      )}
    </Show>
  )
}
