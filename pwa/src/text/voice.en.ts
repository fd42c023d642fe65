import type { VoiceText } from './voice.es.ts'

export const voiceEn: VoiceText = {
  title: 'Voice note',
  fileName: 'voice note',
  asking: 'Allow the microphone to record…',
  recording: 'Recording',
  paused: 'Paused',
  slide: 'Slide to cancel',
  lockHint: 'Slide up to record hands-free',
  time: (time) => `Time recorded: ${time}`,
  soonEnds: (seconds) => `Stops in ${seconds} s`,
  limit: 'It reached 2:45, the most that WhatsApp shows as a voice note. Listen to it and send it.',
  kept: 'The recording stopped and is saved. You can listen to it and send it.',
  discard: 'Discard the recording',
  discarded: 'The recording was discarded',
  undo: 'Bring back',
  pause: 'Pause the recording',
  resume: 'Go on recording',
  send: 'Send the voice note',
  preparing: 'Preparing the voice note',
  tooShort: 'Nothing was recorded. Hold while you speak, or tap once to record hands-free.',
  unsaved: 'This device has no room to save the recording. Send it before you leave.',
  notStored: 'The recording could not be saved on this device. Free some space and try again.',
  close: 'Got it',
  problems: {
    denied: {
      title: 'The microphone is blocked',
      help: 'Tap the lock or the settings beside the address, open Permissions and allow the microphone. If you installed the app on an iPhone: Settings › Apps › Safari › Microphone › Allow. Then tap the microphone again.',
    },
    missing: {
      title: 'No microphone was found',
      help: 'Connect one or use another device. You can also attach an audio.',
    },
    busy: {
      title: 'Another app is using the microphone',
      help: 'End the call or close that app and tap the microphone again.',
    },
    unsupported: {
      title: 'This browser cannot record',
      help: 'Update it or use Chrome, Safari or Firefox. You can also attach an audio.',
    },
  },
}
