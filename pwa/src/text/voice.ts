/** The words of recording, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { VoiceText } from './voice.es.ts'

export const { load: loadVoiceText, words: voiceText } = lazyWords<VoiceText>('voice notes', {
  es: async () => (await import('./later-words.es.ts')).voiceEs,
  en: async () => (await import('./later-words.en.ts')).voiceEn,
  pt: async () => (await import('./later-words.pt.ts')).voicePt,
})
