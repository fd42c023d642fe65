/** The microphone: opened when asked, shut when done, and never left on. */
import { inHand } from '../lib/in-hand.ts'

const BITS_PER_SECOND = 24_000
const CHUNK_MS = 250
const LEVEL_MS = 50
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']

/** Why there is no recording: refused by the person or the system, no microphone, taken by another app, or no such browser. */
export type MicProblem = 'denied' | 'missing' | 'busy' | 'unsupported'

export class NoMicrophone extends Error {
  readonly why: MicProblem
  constructor(why: MicProblem) {
    super(`no microphone: ${why}`)
    this.why = why
  }
}

export type RecorderEvents = {
  /** What has been recorded so far, a few times a second. */
  grew(whole: Blob): void
  /** How loud it is now, 0 to 1, twenty times a second. */
  level(peak: number): void
  /** The system took the microphone away: a call, another app, a pulled plug. */
  lost(): void
}

export type Recorder = {
  pause(): void
  resume(): void
  /** Milliseconds recorded. */
  elapsed(): number
  /** Everything up to now, while it is paused. */
  soFar(): Promise<Blob>
  /** Ends it and lets the microphone go. */
  stop(): Promise<Blob>
}

/** Opens the microphone and records at once. Rejects with {@link NoMicrophone}. */
export async function openRecorder(events: RecorderEvents): Promise<Recorder> {
  if (!globalThis.MediaRecorder || !navigator.mediaDevices?.getUserMedia) throw new NoMicrophone('unsupported')
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    .catch((error: unknown) => {
      throw new NoMicrophone(whyNot(error))
    })
  try {
    return begin(stream, events)
  } catch {
    shut(stream)
    throw new NoMicrophone('unsupported')
  }
}

function whyNot(error: unknown): MicProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unsupported'
}

function shut(stream: MediaStream): void {
  inHand.delete(stream)
  for (const track of stream.getTracks()) track.stop()
}

function begin(stream: MediaStream, events: RecorderEvents): Recorder {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) })
  const parts: Blob[] = []
  const whole = () => new Blob(parts, { type: (recorder.mimeType || mimeType || '').split(';')[0] ?? '' })
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return
    parts.push(data)
    events.grew(whole())
  })
  const clock = stopwatch()
  const ear = listen(stream, (peak) => recorder.state === 'recording' && events.level(peak))
  const awake = stayAwake()
  for (const track of stream.getAudioTracks()) {
    track.addEventListener('ended', events.lost)
    track.addEventListener('mute', events.lost)
  }
  recorder.addEventListener('error', events.lost)
  recorder.start(CHUNK_MS)
  inHand.add(stream)
  clock.go()

  return {
    pause() {
      recorder.pause()
      clock.halt()
    },
    resume() {
      recorder.resume()
      clock.go()
    },
    elapsed: clock.elapsed,
    soFar() {
      return new Promise((resolve) => {
        recorder.addEventListener('dataavailable', () => resolve(whole()), { once: true })
        recorder.requestData()
      })
    },
    stop() {
      clock.halt()
      ear.stop()
      awake.release()
      for (const track of stream.getAudioTracks()) {
        track.removeEventListener('ended', events.lost)
        track.removeEventListener('mute', events.lost)
      }
      return new Promise((resolve) => {
        const end = () => {
          shut(stream)
          resolve(whole())
        }
        if (recorder.state === 'inactive') return end()
        recorder.addEventListener('stop', end, { once: true })
        recorder.stop()
      })
    },
  }
}

function stopwatch() {
  let before = 0
  let since: number | null = null
  const elapsed = () => before + (since === null ? 0 : performance.now() - since)
  return {
    elapsed,
    go: () => void (since ??= performance.now()),
    halt() {
      before = elapsed()
      since = null
    },
  }
}

/** Hears how loud it is. Only listens: nothing is sent to a loudspeaker. */
function listen(stream: MediaStream, heard: (peak: number) => void): { stop(): void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 2048
  context.createMediaStreamSource(stream).connect(analyser)
  // Safari opens it asleep when the tap was a while ago.
  void context.resume().catch(() => undefined)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    heard(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))
  }, LEVEL_MS)
  return {
    stop() {
      clearInterval(timer)
      void context.close().catch(() => undefined)
    },
  }
}

/** The screen stays on while somebody speaks, where the system knows how (iOS 18.4). */
function stayAwake(): { release(): void } {
  const lock = navigator.wakeLock?.request('screen').catch(() => null)
  return { release: () => void lock?.then((held) => held?.release()) }
}
