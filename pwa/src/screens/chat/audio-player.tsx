import Mic from 'lucide-solid/icons/mic'
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import { createMemo, createSignal, onMount, Show } from 'solid-js'
import type { Sound } from '#contract/media.ts'
import { createMediaQuery } from '../../lib/create-media-query.ts'
import { player, seek, toggle } from '../../player/player.ts'
import { SpeedButton } from '../../player/speed-button.tsx'
import { peaksFromText } from '../../sound/peaks.rules.ts'
import { readPeaks } from '../../sound/peaks.ts'
import { duration } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Wave } from './wave.tsx'

/** Larger files are not drawn as a wave: they would have to be read whole first. */
const WAVE_MAX_BYTES = 1_500_000

type AudioPlayerProps = {
  /** Of the message. */
  id: string
  chatId: string
  url: string
  isVoice: boolean
  name: string
  size: number | null
  /** What is known of it without reading it. */
  sound: Sound | null
  /** Has somebody heard it? null where that is not known, and says nothing. */
  isHeard?: boolean | null
}

/** Play, pause, seek, speed and time; voice notes with the shape of the voice. The sound itself is the {@link player}'s. */
export function AudioPlayer(props: AudioPlayerProps) {
  // Who wants no movement follows the time, not the wave.
  const isCalm = createMediaQuery('(prefers-reduced-motion: reduce)')
  const [read, setRead] = createSignal<{ peaks: readonly number[]; seconds: number } | null>(null)
  const isMine = createMemo(() => player.track()?.id === props.id)
  const isPlaying = () => isMine() && player.isPlaying()
  const at = () => (isMine() ? player.at() : 0)
  const length = () => (isMine() && player.length()) || props.sound?.seconds || read()?.seconds || 0
  const peaks = createMemo(() => (props.sound ? peaksFromText(props.sound.peaks) : null) ?? read()?.peaks ?? null)
  const done = () => (length() > 0 ? at() / length() : 0)

  onMount(() => {
    const isSmall = (props.size ?? 0) <= WAVE_MAX_BYTES
    if (props.isVoice && isSmall && !props.sound) void readPeaks(props.url).then(setRead, () => undefined)
  })

  const track = () => ({ id: props.id, chatId: props.chatId, url: props.url, isVoice: props.isVoice, name: props.name })
  return (
    <div class="flex w-66 max-w-full flex-wrap items-center gap-1" classList={{ 'on-wave': peaks() !== null }}>
      <button
        type="button"
        class="fold-br flex size-11 flex-none items-center justify-center rounded-button bg-anil text-on-anil"
        aria-label={isPlaying() ? t().slip.pause : t().slip.play}
        onClick={() => toggle(track())}
      >
        <Icon of={isPlaying() ? Pause : Play} />
      </button>
      <div class="relative h-11 min-w-24 flex-1">
        <Show when={peaks()}>{(heights) => <Wave peaks={heights()} done={isCalm() ? 0 : done()} />}</Show>
        <input
          type="range"
          class="seek absolute inset-0 w-full px-1"
          aria-label={t().slip.seek}
          aria-valuetext={`${duration(at())} / ${duration(length())}`}
          min="0"
          max={Math.max(length(), 0.1)}
          step="0.1"
          value={at()}
          disabled={!isMine()}
          style={{ '--done': `${done() * 100}%` }}
          onInput={(event) => seek(props.id, Number(event.currentTarget.value))}
        />
      </div>
      <span class="nums flex flex-none items-center gap-0.5 text-meta text-ink-2">
        {duration(at() > 0 ? at() : length())}
        <Show when={props.isVoice && !isMine() && props.isHeard !== null && props.isHeard !== undefined}>
          <span
            role="img"
            aria-label={props.isHeard ? t().player.heard : t().player.unheard}
            classList={{ 'text-anil': props.isHeard === true, 'text-ink-3': props.isHeard !== true }}
          >
            <Icon of={Mic} size={16} />
          </span>
        </Show>
      </span>
      <Show when={props.isVoice && isMine()}>
        <SpeedButton />
      </Show>
      <Show when={player.problem() === props.id}>
        <span role="alert" class="w-full text-meta text-cochinilla">
          {navigator.onLine ? t().slip.audioFailed : problemText('no_network').cause}{' '}
          <a href={props.url} download="" class="underline">
            {t().slip.download}
          </a>
        </span>
      </Show>
    </div>
  )
}
