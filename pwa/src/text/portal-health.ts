/** The words of a portal's health and queue, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { PortalHealthText } from './portal-health.es.ts'

export const { load: loadPortalHealthText, words: healthText } = lazyWords<PortalHealthText>('a portal’s health', {
  es: async () => (await import('./admin-words.es.ts')).portalHealthEs,
  en: async () => (await import('./admin-words.en.ts')).portalHealthEn,
  pt: async () => (await import('./admin-words.pt.ts')).portalHealthPt,
})
