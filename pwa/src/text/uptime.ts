/** The words of how steadily a number was connected, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { UptimeText } from './uptime.es.ts'

export const { load: loadUptimeText, words: uptimeText } = lazyWords<UptimeText>('uptime', {
  es: async () => (await import('./uptime.es.ts')).uptimeEs,
  en: async () => (await import('./uptime.en.ts')).uptimeEn,
  pt: async () => (await import('./uptime.pt.ts')).uptimePt,
})
