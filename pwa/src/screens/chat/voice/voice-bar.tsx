import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronUp from 'lucide-solid/icons/chevron-up'
import Mic from 'lucide-solid/icons/mic'
import MicOff from 'lucide-solid/icons/mic-off'
import Pause from 'lucide-solid/icons/pause'
import SendHorizontal from 'lucide-solid/icons/send-horizontal'
import Trash from 'lucide-solid/icons/trash'
import { createEffect, Match, on, onCleanup, onMount, Show, Switch } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { createMediaQuery } from '../../../lib/create-media-query.ts'
import { createRead } from '../../../lib/create-read.ts'
import { useDesk } from '../../../live/context.ts'
import { stopPlaying } from '../../../player/player.ts'
import { duration } from '../../../text/format.ts'
import { voiceText } from '../../../text/voice.ts'
import { Busy, Button, IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { AudioPlayer } from '../audio-player.tsx'
import { createVoice } from './create-voice.ts'
import type { Gesture } from './gesture.rules.ts'

type VoiceBarProps = { chat: Chat; gesture: Gesture | null; done: () => void; sent: () => void }

/** Recording, in the place of the text that is not being written. */
export function VoiceBar(props: VoiceBarProps) {
  let hasEnded = false
  const voice = createVoice(
    () => props.chat,
    () => {
      hasEnded = true
      props.done()
    },
  )
  const { phase } = voice
  const isHeld = () => props.gesture?.way === 'held' && (phase() === 'recording' || phase() === 'asking')

  onMount(() => {
    // Slid away before this came over the network: nothing was said yet.
    if (props.gesture?.way === 'cancelled') return props.done()
    if (voice.voice()) void voice.restore()
    else void voice.start()
  })
  createEffect(
    on(
      () => props.gesture?.way,
      (way) => {
        if (way === 'cancelled') void voice.drop()
        if (way === 'released') void send()
      },
      { defer: true },
    ),
  )

  async function send() {
    stopPlaying(`draft:${props.chat.id}`)
    await voice.send()
    if (hasEnded) props.sent()
  }

  return (
    <div role="group" aria-label={voiceText().title} class="min-w-0 flex-1">
      <Switch>
        <Match when={voice.problem()}>{(why) => <Problem words={voiceText().problems[why()]} close={props.done} />}</Match>
        <Match when={phase() === 'asking'}>
          <p role="status" class="flex min-h-12 items-center gap-2 text-ink-2">
            {voiceText().asking} <Busy />
          </p>
        </Match>
        <Match when={phase() === 'packing'}>
          <p role="status" class="flex min-h-12 items-center gap-2 text-ink-2">
            {voiceText().preparing} <Busy />
          </p>
        </Match>
        <Match when={phase() === 'recording' || phase() === 'paused' || phase() === 'review'}>
          <div class="flex min-h-12 items-center gap-2">
            <Show
              when={phase() === 'recording'}
              fallback={<Listen chat={props.chat} voice={voice} isPaused={phase() === 'paused'} />}
            >
              <Live ms={voice.ms()} recent={voice.recent()} />
            </Show>
            <Show when={isHeld()}>
              <span
                class="flex items-center gap-1 text-small whitespace-nowrap text-ink-2"
                style={{ transform: `translateX(${-(props.gesture?.slide ?? 0) / 3}px)` }}
              >
                <Icon of={ChevronLeft} size={18} />
                {voiceText().slide}
              </span>
            </Show>
          </div>
          <Show when={isHeld()}>
            <p class="flex items-center justify-end gap-1 text-meta text-ink-2">
              {voiceText().lockHint} <Icon of={ChevronUp} size={16} />
            </p>
          </Show>
          <Told left={voice.left()} note={voice.note()} isFull={voice.isFull()} />
          <Show when={!isHeld()}>
            <div class="mt-1 flex items-center justify-between gap-2">
              <IconButton
                label={voiceText().discard}
                icon={Trash}
                class="!text-cochinilla"
                onClick={() => {
                  stopPlaying(`draft:${props.chat.id}`)
                  void voice.drop()
                }}
              />
              <Show when={phase() === 'recording'}>
                <IconButton ref={takeFocus} label={voiceText().pause} icon={Pause} onClick={() => voice.pause()} />
              </Show>
              <Show when={phase() === 'paused'}>
                <IconButton
                  label={voiceText().resume}
                  icon={Mic}
                  class="!text-cochinilla"
                  onClick={() => {
                    stopPlaying(`draft:${props.chat.id}`)
                    voice.resume()
                  }}
                />
              </Show>
              <button
                type="button"
                class="button button-primary !px-3.5"
                aria-label={voiceText().send}
                title={voiceText().send}
                onClick={() => void send()}
              >
                <Icon of={SendHorizontal} />
              </button>
            </div>
          </Show>
        </Match>
      </Switch>
    </div>
  )
}

/** The microphone that was pressed is gone: who uses a keyboard goes on from here. */
function takeFocus(button: HTMLElement): void {
  queueMicrotask(() => document.activeElement === document.body && button.focus())
}

/** How loud it is, now and a moment ago. */
function Live(props: { ms: number; recent: readonly number[] }) {
  const time = () => duration(Math.floor(props.ms / 1000))
  const isCalm = createMediaQuery('(prefers-reduced-motion: reduce)')
  return (
    <>
      <span class="flex flex-none items-center gap-2">
        <span aria-hidden="true" class="size-3 animate-pulse rounded-full bg-cochinilla" />
        <span class="sr-only" role="status">
          {voiceText().recording}
        </span>
        <span class="nums font-semibold" role="timer" aria-label={voiceText().time(time())}>
          {time()}
        </span>
      </span>
      <Show when={!isCalm()}>
        <Bars levels={props.recent} />
      </Show>
    </>
  )
}

/** Drawn from the newest, at the right, back to what fits. */
function Bars(props: { levels: readonly number[] }) {
  let canvas!: HTMLCanvasElement
  createEffect(() => {
    const levels = props.levels
    const pen = canvas.getContext('2d')
    if (!pen) return
    const { clientWidth: width, clientHeight: height } = canvas
    const ratio = devicePixelRatio
    canvas.width = width * ratio
    canvas.height = height * ratio
    pen.scale(ratio, ratio)
    pen.fillStyle = getComputedStyle(canvas).color
    for (const [i, level] of levels.toReversed().entries()) {
      const tall = Math.max(3, Math.min(1, level * 1.6) * height)
      pen.fillRect(width - (i + 1) * 5, (height - tall) / 2, 3, tall)
    }
  })
  return <canvas ref={canvas} aria-hidden="true" class="h-10 min-w-0 flex-1 text-anil" />
}

/** What has been said, to be heard before it goes. */
function Listen(props: { chat: Chat; voice: ReturnType<typeof createVoice>; isPaused: boolean }) {
  const { drafts } = useDesk()
  const ready = () => {
    const kept = props.voice.voice()
    return kept?.state === 'ready' ? kept : null
  }
  const [url] = createRead(
    () => ready()?.blobId ?? 'paused',
    async () => {
      const kept = ready()
      const blob = kept ? await drafts.fileOf(kept.blobId) : await props.voice.soFar()
      return blob ? URL.createObjectURL(blob) : undefined
    },
  )
  onCleanup(() => {
    stopPlaying(`draft:${props.chat.id}`)
    if (url.latest) URL.revokeObjectURL(url.latest)
  })
  return (
    <>
      <Show when={props.isPaused}>
        <span class="sr-only" role="status">
          {voiceText().paused}
        </span>
      </Show>
      <Show when={url.latest} fallback={<span class="nums font-semibold">{duration(Math.floor(props.voice.ms() / 1000))}</span>}>
        {(here) => (
          <AudioPlayer
            id={`draft:${props.chat.id}`}
            chatId={props.chat.id}
            url={here()}
            isVoice
            name={voiceText().title}
            size={null}
            sound={ready()?.file.sound ?? null}
          />
        )}
      </Show>
    </>
  )
}

function Told(props: { left: number | null; note: 'limit' | 'kept' | null; isFull: boolean }) {
  return (
    <>
      <p role="status" class="text-small text-cochinilla empty:hidden">
        {props.left === null ? '' : voiceText().soonEnds(props.left)}
      </p>
      <p role="status" class="text-small text-ink-2 empty:hidden">
        {props.note ? voiceText()[props.note] : ''}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.isFull ? voiceText().unsaved : ''}
      </p>
    </>
  )
}

function Problem(props: { words: { title: string; help: string }; close: () => void }) {
  return (
    <div role="alert" class="flex items-start gap-3 rounded-segment bg-maiz-tint p-3 text-small">
      <Icon of={MicOff} class="mt-0.5 text-maiz" />
      <div class="min-w-0 flex-1">
        <p class="font-semibold">{props.words.title}</p>
        <p>{props.words.help}</p>
        <Button kind="outlined" class="mt-2" onClick={() => props.close()}>
          {voiceText().close}
        </Button>
      </div>
    </div>
  )
}
