/** The words of how steadily a number was connected, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { UptimeText } from './uptime.es.ts'

export const { load: loadUptimeText, words: uptimeText } = lazyWords<UptimeText>('uptime', {
  es: async () => (await import('./admin-words.es.ts')).uptimeEs,
  en: async () => (await import('./admin-words.en.ts')).uptimeEn,
  pt: async () => (await import('./admin-words.pt.ts')).uptimePt,
})
