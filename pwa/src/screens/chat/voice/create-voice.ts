import { createSignal, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { uuidv7 } from '../../../lib/uuid.ts'
import { useDesk } from '../../../live/context.ts'
import type { DraftVoice } from '../../../live/draft.rules.ts'
import { isOutgoing } from '../../../live/outbox.rules.ts'
import { pack } from '../../../sound/pack.ts'
import { peaksOf, peaksToText } from '../../../sound/peaks.rules.ts'
import { decode } from '../../../sound/peaks.ts'
import { NoMicrophone, openRecorder, type MicProblem, type Recorder } from '../../../sound/recorder.ts'
import { voiceText } from '../../../text/voice.ts'
import { say } from '../../../ui/toast.tsx'
import { fileEntry } from '../entries.rules.ts'
import { createKeeper } from './create-keeper.ts'

/** Longer than this, WhatsApp shows a file to download instead of a voice note (512 KB: reference/pwa.md §7). */
const LIMIT_MS = 165_000
const WARN_MS = 150_000
const TICK_MS = 200
/** Shorter than this nobody has said anything. */
const LEAST_SECONDS = 0.4
/** As many bars as fit beside the time. */
const RECENT = 40

export type VoicePhase = 'idle' | 'asking' | 'recording' | 'paused' | 'packing' | 'review'

/** A voice note from the first tap to the outbox. What is recorded is kept on the phone while it is being said. */
export function createVoice(chat: Accessor<Chat>, ended: () => void) {
  const { desk, drafts, outbox } = useDesk()
  const [phase, setPhase] = createSignal<VoicePhase>('idle')
  const [ms, setMs] = createSignal(0)
  const [recent, setRecent] = createSignal<readonly number[]>([])
  const [problem, setProblem] = createSignal<MicProblem | null>(null)
  const [note, setNote] = createSignal<'limit' | 'kept' | null>(null)
  const chatId = untrack(chat).id
  const keeper = createKeeper(drafts, chatId)
  let recorder: Recorder | null = null
  let levels: number[] = []
  let wish: 'drop' | 'keep' | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  const voice = (): DraftVoice | undefined => drafts.of(chatId).voice

  async function start(): Promise<void> {
    if (phase() !== 'idle') return
    setProblem(null)
    setNote(null)
    setPhase('asking')
    wish = null
    levels = []
    const blobId = uuidv7()
    try {
      recorder = await openRecorder({
        grew: (whole) => keeper.keep(blobId, whole),
        level(peak) {
          levels.push(peak)
          setRecent((list) => [...list, peak].slice(-RECENT))
        },
        lost: () => void halt('kept'),
      })
    } catch (error) {
      setPhase('idle')
      setProblem(error instanceof NoMicrophone ? error.why : 'unsupported')
      return
    }
    setRecent([])
    setMs(0)
    setPhase('recording')
    timer = setInterval(tick, TICK_MS)
    // Slid away, or the app was left, while the system was still asking.
    if (wish === 'drop') void drop()
    else if (wish === 'keep') void halt('kept')
  }

  function tick(): void {
    setMs(recorder?.elapsed() ?? 0)
    if (ms() >= LIMIT_MS) void halt('limit')
  }

  function pause(): void {
    if (phase() !== 'recording') return
    recorder?.pause()
    setPhase('paused')
  }

  function resume(): void {
    if (phase() !== 'paused') return
    recorder?.resume()
    setPhase('recording')
  }

  /** Ends the recording and packs it. False when there was nothing in it. */
  async function finish(): Promise<boolean> {
    const running = recorder
    if (!running) return voice()?.state === 'ready'
    recorder = null
    clearInterval(timer)
    setMs(running.elapsed())
    setPhase('packing')
    return keepPacked(await running.stop(), keeper.blobId() ?? uuidv7())
  }

  /** Packs what was recorded and puts it into the draft. */
  async function keepPacked(raw: Blob, blobId: string): Promise<boolean> {
    const packed = await pack(raw, voiceText().fileName).catch(() => null)
    // An earlier visit's, or of a phone that gives no levels: then the sound itself tells its shape.
    const decoded =
      packed && levels.every((level) => level === 0) ? await decode(await packed.blob.arrayBuffer()).catch(() => null) : null
    const seconds = packed?.seconds ?? decoded?.seconds ?? ms() / 1000
    if (!packed || seconds < LEAST_SECONDS) {
      await keeper.drop()
      return false
    }
    const peaks = peaksToText(decoded?.peaks ?? peaksOf(levels))
    const { blob, kind, name } = packed
    const file = { blobId, name, mime: blob.type, size: blob.size, sound: { seconds: Math.round(seconds * 100) / 100, peaks } }
    await keeper.settle(blob, { blobId, at: new Date().toISOString(), state: 'ready', kind, file })
    return true
  }

  /** Ends the recording and keeps it for later: a call came, the app was left, it is long enough. */
  async function halt(why: 'limit' | 'kept'): Promise<void> {
    if (phase() === 'asking') {
      wish = 'keep'
      return
    }
    if (!recorder) return
    const isKept = await finish().catch(() => false)
    setNote(isKept ? why : null)
    setPhase(isKept ? 'review' : 'idle')
    if (!isKept) ended()
  }

  async function send(): Promise<void> {
    if (phase() === 'asking' || phase() === 'packing') return
    // Before anything is awaited: two taps send one voice note.
    setPhase('packing')
    const isReady = await finish().catch(() => false)
    const ready = voice()
    if (!isReady || ready?.state !== 'ready') {
      setPhase('idle')
      say(voiceText().tooShort)
      return ended()
    }
    const draft = drafts.of(chatId)
    const entry = fileEntry(
      { chatId, author: desk.me.person, replyTo: draft.replyTo },
      { ...ready.file, kind: ready.kind },
      { id: uuidv7(), at: new Date().toISOString() },
    )
    try {
      await outbox.add(entry, null)
    } catch {
      // The phone's store is full or closed: it stays in the composer rather than pretend.
      setPhase('review')
      return say(voiceText().notStored)
    }
    keeper.release()
    drafts.set({ ...drafts.of(chatId), voice: undefined, replyTo: null })
    await drafts.flush()
    setPhase('idle')
    ended()
  }

  /** Throws it away; for a moment it can be brought back. */
  async function drop(): Promise<void> {
    if (phase() === 'asking') {
      wish = 'drop'
      return
    }
    const isSpoken = await finish().catch(() => false)
    const gone = isSpoken ? await keeper.take() : null
    setPhase('idle')
    ended()
    if (!gone) return
    say(voiceText().discarded, { name: voiceText().undo, run: () => void keeper.settle(gone.blob, gone.voice) })
  }

  /** What an earlier visit left: ready to be heard, or still as the recorder gave it. */
  async function restore(): Promise<void> {
    const left = voice()
    if (!left || phase() !== 'idle') return
    setPhase('packing')
    keeper.adopt(left.blobId)
    const raw = await drafts.fileOf(left.blobId)
    if (left.state === 'ready') {
      // The app died between the outbox and the draft: it has been sent, or is about to be.
      const isSent = !raw || outbox.entries().some((entry) => isOutgoing(entry) && entry.file?.blobId === left.blobId)
      if (!isSent) return void setPhase('review')
      drafts.set({ ...drafts.of(chatId), voice: undefined })
      setPhase('idle')
      return ended()
    }
    const isKept = raw ? await keepPacked(raw, left.blobId) : false
    if (!raw) await keeper.drop()
    setNote(isKept ? 'kept' : null)
    setPhase(isKept ? 'review' : 'idle')
    if (!isKept) ended()
  }

  const onHide = () => void (document.visibilityState === 'hidden' && halt('kept'))
  document.addEventListener('visibilitychange', onHide)
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onHide)
    clearInterval(timer)
    if (phase() === 'asking') wish = 'keep'
    else void finish().catch(() => undefined)
  })

  return {
    phase,
    ms,
    recent,
    problem,
    note,
    voice,
    isFull: keeper.isFull,
    /** Seconds until it ends by itself; null while that is far away. */
    left: () => (ms() >= WARN_MS && ms() < LIMIT_MS ? Math.ceil((LIMIT_MS - ms()) / 1000) : null),
    /** What has been said up to the pause, to be heard. */
    async soFar(): Promise<Blob | null> {
      const raw = await recorder?.soFar()
      return (raw && (await pack(raw, '').catch(() => null)))?.blob ?? null
    },
    start,
    pause,
    resume,
    send,
    drop,
    restore,
  }
}
