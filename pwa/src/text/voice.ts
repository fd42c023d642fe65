/** The words of recording, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { VoiceText } from './voice.es.ts'

export const { load: loadVoiceText, words: voiceText } = lazyWords<VoiceText>('voice notes', {
  es: async () => (await import('./voice.es.ts')).voiceEs,
  en: async () => (await import('./voice.en.ts')).voiceEn,
  pt: async () => (await import('./voice.pt.ts')).voicePt,
})
