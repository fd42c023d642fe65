import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { duration } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { PEAKS, readPeaks } from './peaks.ts'

/** Larger files are not drawn as a wave: they would have to be read whole first. */
const WAVE_MAX_BYTES = 1_500_000

/** Only one voice speaks at a time. */
let playing: HTMLAudioElement | null = null

/** Play, pause, seek and time; voice notes with the shape of the voice. */
export function AudioPlayer(props: { url: string; isVoice: boolean; size: number | null }) {
  const [isPlaying, setIsPlaying] = createSignal(false)
  const [isBroken, setIsBroken] = createSignal(false)
  const [at, setAt] = createSignal(0)
  const [length, setLength] = createSignal(0)
  const [peaks, setPeaks] = createSignal<readonly number[] | null>(null)
  let audio!: HTMLAudioElement
  onCleanup(() => {
    audio.pause()
    if (playing === audio) playing = null
  })

  onMount(() => {
    if (props.isVoice && (props.size ?? 0) <= WAVE_MAX_BYTES) void readPeaks(props.url).then(setPeaks, () => undefined)
  })

  function toggle() {
    if (isPlaying()) return audio.pause()
    playing?.pause()
    playing = audio
    setIsBroken(false)
    // Only a tap that fails is worth words: an audio that nobody asked for may wait for its network.
    audio.play().catch(() => setIsBroken(true))
  }

  const done = () => (length() > 0 ? at() / length() : 0)
  return (
    <div class="flex w-64 max-w-full flex-wrap items-center gap-1" classList={{ 'on-wave': peaks() !== null }}>
      <audio
        ref={audio}
        src={props.url}
        preload="metadata"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        onTimeUpdate={() => setAt(audio.currentTime)}
        onLoadedMetadata={() => setLength(audio.duration)}
        onDurationChange={() => setLength(audio.duration)}
        onEnded={() => setAt(0)}
      />
      <button
        type="button"
        class="fold-br flex size-11 flex-none items-center justify-center rounded-button bg-anil text-on-anil"
        aria-label={isPlaying() ? t().slip.pause : t().slip.play}
        onClick={toggle}
      >
        <Icon of={isPlaying() ? Pause : Play} />
      </button>
      <div class="relative h-11 min-w-24 flex-1">
        <Show when={peaks()}>{(heights) => <Wave peaks={heights()} done={done()} />}</Show>
        <input
          type="range"
          class="seek absolute inset-0 w-full px-1"
          aria-label={t().slip.seek}
          aria-valuetext={`${duration(at())} / ${duration(length())}`}
          min="0"
          max={Math.max(length(), 0.1)}
          step="0.1"
          value={at()}
          style={{ '--done': `${done() * 100}%` }}
          onInput={(event) => {
            audio.currentTime = Number(event.currentTarget.value)
            setAt(audio.currentTime)
          }}
        />
      </div>
      <span class="nums w-9 flex-none text-right text-meta text-ink-2">
        {duration(isPlaying() || at() > 0 ? at() : length())}
      </span>
      <Show when={isBroken()}>
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

function Wave(props: { peaks: readonly number[]; done: number }) {
  return (
    <div aria-hidden="true" class="absolute inset-x-1 inset-y-1.5 flex items-center justify-between">
      <For each={props.peaks}>
        {(peak, i) => (
          <i
            class="w-[3px] rounded-full bg-anil"
            style={{ height: `${Math.max(12, peak * 100)}%`, opacity: props.done > 0 && i() / PEAKS > props.done ? 0.4 : 1 }}
          />
        )}
      </For>
    </div>
  )
}
