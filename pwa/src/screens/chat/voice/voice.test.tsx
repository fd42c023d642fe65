/** The recorder in the composer, over a microphone of ours: what keeps a recording, what ends it, what says why there is none. */
import { Blob as RealBlob } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aPhone } from '../../../live/a-phone.ts'
import { DeskContext } from '../../../live/context.ts'
import { aChannel, aChat, aMessage } from '../../../live/fakes.ts'
import { loadVoiceText } from '../../../text/voice.ts'
import { Composer } from '../composer.tsx'

const webm = readFileSync(join(import.meta.dirname, '../../../sound/samples/chromium.webm'))
const tomorrow = new Date(Date.now() + 20 * 3_600_000).toISOString()
const chat = aChat(1, { windowUntil: tomorrow })

/** Gives the sample at once and nothing after. */
class SampleRecorder extends EventTarget {
  static isTypeSupported = (type: string) => type.startsWith('audio/webm')
  readonly mimeType = 'audio/webm;codecs=opus'
  state = 'inactive'
  start(): void {
    this.state = 'recording'
    queueMicrotask(() => this.give(new Blob([webm])))
  }
  give(data: Blob): void {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }))
  }
  pause(): void {
    this.state = 'paused'
  }
  resume(): void {
    this.state = 'recording'
  }
  requestData(): void {
    this.give(new Blob([]))
  }
  stop(): void {
    this.state = 'inactive'
    this.dispatchEvent(new Event('stop'))
  }
}

/** Hears nothing: how loud it is does not matter here. */
function silentContext() {
  return {
    createAnalyser: () => ({ fftSize: 0, getFloatTimeDomainData: () => undefined }),
    createMediaStreamSource: () => ({ connect: () => undefined }),
    close: async () => undefined,
    resume: async () => undefined,
  }
}

/** A network on which nothing ever arrives: uploads stay where they are. */
function silentRequest() {
  const nothing = () => undefined
  return {
    ...{ open: nothing, setRequestHeader: nothing, addEventListener: nothing, send: nothing, abort: nothing },
    upload: { addEventListener: nothing },
  }
}

/** The microphone's line. */
function aTrack() {
  let isLive = true
  return Object.assign(new EventTarget(), { stop: () => void (isLive = false), isLive: () => isLive })
}

let track: ReturnType<typeof aTrack>
let sentAs: string[]

/** A composer on a phone whose microphone does this. */
async function aComposer(
  getUserMedia: () => Promise<unknown> = async () => ({ getTracks: () => [track], getAudioTracks: () => [track] }),
) {
  track = aTrack()
  sentAs = []
  const phone = await aPhone(({ method, path, body }) => {
    if (path.startsWith('/channels')) return { body: { items: [aChannel()], next: null } }
    if (method !== 'POST') return undefined
    sentAs.push(String(body['kind']))
    return { body: aMessage(1, { id: body['id'] as never, direction: 'out', status: 'queued', kind: 'voice' }) }
  })
  vi.stubGlobal('navigator', { ...navigator, locks: navigator.locks, onLine: true, mediaDevices: { getUserMedia } })
  // What happy-dom calls a blob does not come back out of a database.
  vi.stubGlobal('Blob', RealBlob)
  vi.stubGlobal('MediaRecorder', SampleRecorder)
  vi.stubGlobal('AudioContext', vi.fn(silentContext))
  vi.stubGlobal('XMLHttpRequest', vi.fn(silentRequest))
  await phone.running.desk.apply([{ type: 'channel', channel: aChannel() }], null)
  return phone
}

async function draw(phone: Awaited<ReturnType<typeof aPhone>>) {
  return render(() => (
    <DeskContext.Provider value={phone.running}>
      <Composer chat={chat} sent={() => undefined} />
    </DeskContext.Provider>
  ))
}

const begin = () => fireEvent.click(screen.getByRole('button', { name: 'Grabar una nota de voz' }), { detail: 0 })
const voiceOf = (phone: Awaited<ReturnType<typeof aPhone>>) => phone.running.drafts.of(chat.id).voice

beforeEach(loadVoiceText)
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a blocked microphone is said in words, with how to allow it', async () => {
  const phone = await aComposer(async () => {
    throw new DOMException('no', 'NotAllowedError')
  })
  await using _ = phone
  await draw(phone)
  begin()
  const alert = await screen.findByText('El micrófono está bloqueado')
  expect(alert.parentElement?.textContent).toMatch(/permita el micrófono/)
  fireEvent.click(screen.getByRole('button', { name: 'Entendido' }))
  expect(screen.getByRole('textbox', { name: 'Mensaje' })).toBeTruthy()
})

test('who leaves the app finds the recording in the chat, and the microphone is off', async () => {
  const phone = await aComposer()
  await using _ = phone
  await draw(phone)
  begin()
  await screen.findByRole('button', { name: 'Pausar la grabación' })
  await vi.waitFor(() => expect(voiceOf(phone)?.state).toBe('raw'))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(await screen.findByText(/quedó guardada/)).toBeTruthy()
  expect(track.isLive()).toBe(false)
  expect(await phone.running.desk.db.get('drafts', chat.id)).toMatchObject({
    voice: { state: 'ready', kind: 'voice', file: { mime: 'audio/ogg', sound: { peaks: expect.stringMatching(/^[\w-]{64}$/) } } },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Enviar la nota de voz' }))
  await vi.waitFor(() => expect(voiceOf(phone)).toBeUndefined())
  expect(phone.running.outbox.entries()).toMatchObject([{ kind: 'voice', file: { mime: 'audio/ogg' } }])
})

test('a call that takes the microphone stops it and keeps what was said', async () => {
  const phone = await aComposer()
  await using _ = phone
  await draw(phone)
  begin()
  await screen.findByRole('button', { name: 'Pausar la grabación' })
  track.dispatchEvent(new Event('mute'))
  expect(await screen.findByText(/quedó guardada/)).toBeTruthy()
})

test('going to another chat keeps it too', async () => {
  const phone = await aComposer()
  await using _ = phone
  const { unmount } = await draw(phone)
  begin()
  await screen.findByRole('button', { name: 'Pausar la grabación' })
  unmount()
  await vi.waitFor(() => expect(voiceOf(phone)?.state).toBe('ready'))
  expect(track.isLive()).toBe(false)
})

test('what a killed browser left as the recorder gave it is ready to be heard and sent', async () => {
  const phone = await aComposer()
  await using _ = phone
  const { drafts } = phone.running
  await drafts.keepFile('left', new Blob([webm.subarray(0, 1_800)], { type: 'audio/webm' }))
  drafts.set({ ...drafts.of(chat.id), voice: { blobId: 'left', at: '', state: 'raw' } })
  await draw(phone)
  expect(await screen.findByText(/quedó guardada/)).toBeTruthy()
  expect(voiceOf(phone)).toMatchObject({ state: 'ready', file: { blobId: 'left', mime: 'audio/ogg' } })
})

test('two taps on send are one voice note, and one that was sent before the app died is not offered again', async () => {
  const phone = await aComposer()
  await using _ = phone
  const { drafts, outbox } = phone.running
  await drafts.keepFile('left', new Blob([webm], { type: 'audio/webm' }))
  drafts.set({ ...drafts.of(chat.id), voice: { blobId: 'left', at: '', state: 'raw' } })
  const { unmount } = await draw(phone)
  const button = await screen.findByRole('button', { name: 'Enviar la nota de voz' })
  const ready = voiceOf(phone)
  fireEvent.click(button)
  fireEvent.click(button)
  await vi.waitFor(() => expect(voiceOf(phone)).toBeUndefined())
  expect(outbox.entries()).toHaveLength(1)

  unmount()
  drafts.set({ ...drafts.of(chat.id), voice: ready })
  await draw(phone)
  await vi.waitFor(() => expect(voiceOf(phone)).toBeUndefined())
  expect(outbox.entries()).toHaveLength(1)
})

test('fifteen seconds before the end it warns, at 2:45 it stops by itself', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  const phone = await aComposer()
  await using _ = phone
  await draw(phone)
  begin()
  await screen.findByRole('button', { name: 'Pausar la grabación' })
  vi.advanceTimersByTime(149_000)
  expect(screen.queryByText(/Se detiene en/)).toBeNull()
  vi.advanceTimersByTime(2_000)
  expect(screen.getByText('Se detiene en 14 s')).toBeTruthy()
  vi.advanceTimersByTime(15_000)
  expect(await screen.findByText(/Llegó a 2:45/)).toBeTruthy()
  expect(track.isLive()).toBe(false)
})

test('a recording of nothing is not sent, and says how it is done', async () => {
  const phone = await aComposer()
  await using _ = phone
  vi.spyOn(SampleRecorder.prototype, 'give').mockImplementation(() => undefined)
  await draw(phone)
  begin()
  fireEvent.click(await screen.findByRole('button', { name: 'Enviar la nota de voz' }))
  await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Nota de voz' })).toBeNull())
  expect(phone.running.outbox.entries()).toEqual([])
})
