import { inHand } from '../lib/in-hand.ts'
import { isOutgoing } from '../live/outbox.rules.ts'
import type { Running } from '../live/start.ts'
import type { Doing } from './update.rules.ts'

const TYPED_INTO = 'textarea, input:not([type=checkbox], [type=radio], [type=file], [type=button], [type=submit])'

/** What the person is in the middle of, as the screen shows it at this moment. */
export function doingNow({ outbox }: Running): Doing {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED_INTO)]
  return {
    hasText: fields.some(({ value }) => value.trim() !== ''),
    isRecording: inHand.size > 0,
    isListening: [...document.querySelectorAll('audio')].some((audio) => !audio.paused),
    isUploading: outbox
      .entries()
      .some((one) => isOutgoing(one) && one.file !== null && one.mediaId === null && one.state === 'sending'),
    isSheetOpen: document.querySelector('dialog[open], [role=dialog], [role=menu]') !== null,
    isVisible: document.visibilityState === 'visible',
  }
}
