/** The words of the screens around the own account, apart from the first load: plain sign-in does without. */
import type { OwnText } from './own.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadOwnText, words: own } = lazyWords<OwnText>('the account', {
  es: async () => (await import('./later-words.es.ts')).ownEs,
  en: async () => (await import('./later-words.en.ts')).ownEn,
  pt: async () => (await import('./later-words.pt.ts')).ownPt,
})
