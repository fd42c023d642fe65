/** The words of linking numbers, apart from the first load: also for who was invited to link one and never signs in. */
import { lazyWords } from './lazy-words.ts'
import type { SessionsText } from './sessions.es.ts'

export const { load: loadSessionsText, words: sessionsText } = lazyWords<SessionsText>('linking', {
  es: async () => (await import('./sessions.es.ts')).sessionsEs,
  en: async () => (await import('./sessions.en.ts')).sessionsEn,
  pt: async () => (await import('./sessions.pt.ts')).sessionsPt,
})
