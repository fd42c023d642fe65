/**
 * The one audio that plays. It belongs to no screen: it goes on while somebody reads another chat, and one voice speaks at
 * a time.
 */
import { createSignal } from 'solid-js'
import { playable, rewrapped } from '../sound/playable.ts'
import { notePlayed } from './has-played.ts'

const SPEEDS = [1, 1.5, 2] as const
const STORED_SPEED = 'voice-speed'

/** `id`: the message that it belongs to. */
export type Track = { id: string; chatId: string; url: string; isVoice: boolean; name: string }

const [track, setTrack] = createSignal<Track | null>(null)
const [isPlaying, setIsPlaying] = createSignal(false)
const [at, setAt] = createSignal(0)
const [length, setLength] = createSignal(0)
const [problem, setProblem] = createSignal<string | null>(null)
const [speed, setSpeed] = createSignal(storedSpeed())

let made: HTMLAudioElement | undefined
let whatFollows: (ended: Track) => Track | null = () => null
let hasBegun: (begun: Track) => void = () => undefined

function storedSpeed(): number {
  const stored = Number(globalThis.localStorage?.getItem(STORED_SPEED))
  return SPEEDS.find((one) => one === stored) ?? 1
}

function audio(): HTMLAudioElement {
  if (made) return made
  const element = document.createElement('audio')
  element.addEventListener('play', () => setIsPlaying(true))
  element.addEventListener('pause', () => setIsPlaying(false))
  element.addEventListener('timeupdate', () => setAt(element.currentTime))
  element.addEventListener('durationchange', () => setLength(Number.isFinite(element.duration) ? element.duration : 0))
  element.addEventListener('ended', ended)
  document.body.append(element)
  made = element
  return element
}

function ended(): void {
  const now = track()
  setAt(0)
  const next = now?.isVoice ? whatFollows(now) : null
  if (next) void play(next)
  else if (made) made.currentTime = 0
}

async function play(wanted: Track): Promise<void> {
  const element = audio()
  const isNew = track()?.id !== wanted.id
  setTrack(wanted)
  setProblem(null)
  notePlayed()
  try {
    if (isNew) {
      element.pause()
      setAt(0)
      setLength(0)
      const url = await playable(wanted.url)
      // Somebody tapped another one meanwhile.
      if (track()?.id !== wanted.id) return
      element.src = url
    }
    await start(element, wanted)
    hasBegun(wanted)
  } catch (error) {
    // Paused again before it began, which is nobody's mistake.
    if (error instanceof DOMException && error.name === 'AbortError') return
    if (track()?.id === wanted.id) setProblem(wanted.id)
  }
}

/** A browser may say that it plays Ogg and then not do it: the other wrapping is tried once. */
async function start(element: HTMLAudioElement, wanted: Track): Promise<void> {
  const rate = () => (element.playbackRate = wanted.isVoice ? speed() : 1)
  rate()
  try {
    await element.play()
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error
    const other = await rewrapped(wanted.url)
    if (other === wanted.url || track()?.id !== wanted.id) throw error
    element.src = other
    rate()
    await element.play()
  }
}

/** Plays, pauses, goes on: what a tap on an audio does. */
export function toggle(wanted: Track): void {
  if (track()?.id === wanted.id && isPlaying()) made?.pause()
  else void play(wanted)
}

/** Goes to a second of an audio; of one that is not the current one it does nothing. */
export function seek(id: string, seconds: number): void {
  if (track()?.id !== id || !made) return
  made.currentTime = seconds
  setAt(seconds)
}

/** The next of the speeds, kept for every voice note to come. */
export function nextSpeed(): void {
  const next = SPEEDS[(SPEEDS.findIndex((one) => one === speed()) + 1) % SPEEDS.length] ?? 1
  setSpeed(next)
  localStorage.setItem(STORED_SPEED, String(next))
  if (made && track()?.isVoice) made.playbackRate = next
}

/** Ends it; with an id, only if it is that one. */
export function stopPlaying(id?: string): void {
  if (!track() || (id !== undefined && track()?.id !== id)) return
  made?.pause()
  made?.removeAttribute('src')
  made?.load()
  setTrack(null)
  setAt(0)
}

/** Who knows what is played after a voice note, and hears what has been played. Returns how to take it back. */
export function guide(follows: typeof whatFollows, begun: typeof hasBegun): () => void {
  whatFollows = follows
  hasBegun = begun
  const now = track()
  if (now) begun(now)
  return () => {
    stopPlaying()
    whatFollows = () => null
    hasBegun = () => undefined
  }
}

/** What plays, and how far it is. Reads are tracked. */
export const player = { track, isPlaying, at, length, speed, problem }
