/** The words of the portals of Bitrix24, apart from the first load. */
import type { PortalsText } from './portals.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadPortalsText, words: portalsText } = lazyWords<PortalsText>('the portals', {
  es: async () => (await import('./admin-words.es.ts')).portalsEs,
  en: async () => (await import('./admin-words.en.ts')).portalsEn,
  pt: async () => (await import('./admin-words.pt.ts')).portalsPt,
})
