import { A, useLocation } from '@solidjs/router'
import Mic from 'lucide-solid/icons/mic'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import X from 'lucide-solid/icons/x'
import { createEffect, onCleanup, Show } from 'solid-js'
import { mediaUrl } from '../api/media-url.ts'
import { useDesk } from '../live/context.ts'
import { chatName } from '../text/chat-name.ts'
import { duration } from '../text/format.ts'
import { t } from '../text/text.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { nextVoice } from './next-voice.rules.ts'
import { guide, player, stopPlaying, toggle, type Track } from './player.ts'
import { SpeedButton } from './speed-button.tsx'

/** The voice that goes on speaking while another chat is read; it leads back to where it was said. */
export function MiniPlayer() {
  const { desk, heard } = useDesk()
  const location = useLocation()

  function follows(ended: Track): Track | null {
    const log = desk.log(ended.chatId)
    const next = nextVoice((log?.past ?? log?.tail)?.items ?? [], ended.id)
    return next?.media ? { ...ended, id: next.id, url: mediaUrl(next.media.id) } : null
  }
  onCleanup(guide(follows, (begun) => heard.add(begun.id)))

  // Who may no longer see the chat does not go on hearing it.
  createEffect(() => {
    const now = player.track()
    if (now && !desk.chat(now.chatId)) stopPlaying()
  })

  const elsewhere = () => {
    const now = player.track()
    return now && location.pathname !== `/chats/${now.chatId}` ? now : null
  }
  return (
    <Show when={elsewhere()}>
      {(track) => (
        <section aria-label={t().player.title} class="flex items-center gap-1 border-b border-line bg-anil-tint pr-1 pl-2">
          <IconButton
            label={player.isPlaying() ? t().slip.pause : t().slip.play}
            icon={player.isPlaying() ? Pause : Play}
            onClick={() => toggle(track())}
          />
          <A
            href={`/chats/${track().chatId}?message=${track().id}`}
            class="flex min-h-11 min-w-0 flex-1 items-center gap-2 text-small"
            aria-label={t().player.back(nameOf(track()))}
          >
            <Icon of={Mic} size={17} class="text-anil" />
            <span class="min-w-0 flex-1 truncate font-semibold">{nameOf(track())}</span>
            <span class="nums text-meta text-ink-2">
              {duration(player.at())} / {duration(player.length())}
            </span>
          </A>
          <Show when={track().isVoice}>
            <SpeedButton />
          </Show>
          <IconButton label={t().player.stop} icon={X} onClick={() => stopPlaying()} />
        </section>
      )}
    </Show>
  )

  function nameOf(track: Track): string {
    const chat = desk.chat(track.chatId)
    return chat ? chatName(chat) : track.name
  }
}
