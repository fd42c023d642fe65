/** Records a voice note with the device's microphone. */

const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']

export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia)

/** Starts at once; `stop()` gives the recording, `drop()` throws it away. Rejects when there is no microphone. */
export async function startRecording() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 24_000 } : {})
  const parts = []
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data))
  recorder.start()
  const end = () =>
    new Promise((resolve) => {
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        resolve(new Blob(parts, { type: recorder.mimeType.split(';')[0] }))
      })
      recorder.stop()
    })
  return { startedAt: Date.now(), stop: end, drop: end }
}
