import { expect, test } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { aMessage } from '../live/fakes.ts'
import { nextVoice } from './next-voice.rules.ts'

const media: Message['media'] = {
  id: aMessage(1).id as never,
  mime: 'audio/ogg',
  name: null,
  size: 1,
  state: 'ready',
  reason: null,
}
const voice = (n: number, more: Partial<Message> = {}) => aMessage(n, { kind: 'voice', text: null, media, ...more })

test('the voice note that follows is played on, past notes of the team', () => {
  const items = [voice(1), aMessage(2, { direction: 'note' }), aMessage(3, { kind: 'system' }), voice(4), voice(5)]
  expect(nextVoice(items, voice(1).id)?.id).toBe(voice(4).id)
  expect(nextVoice(items, voice(4).id)?.id).toBe(voice(5).id)
  expect(nextVoice(items, voice(5).id)).toBeNull()
})

test('where something else was said, or the file is not here, it ends', () => {
  expect(nextVoice([voice(1), aMessage(2), voice(3)], voice(1).id)).toBeNull()
  expect(nextVoice([voice(1), voice(2, { media: { ...media, state: 'pending' } })], voice(1).id)).toBeNull()
  expect(nextVoice([voice(2)], voice(1).id)).toBeNull()
})
