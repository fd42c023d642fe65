/** The words of alerts by mail, apart from the first load. */
import type { AlertsText } from './alerts.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadAlertsText, words: alertsText } = lazyWords<AlertsText>('alerts by mail', {
  es: async () => (await import('./admin-words.es.ts')).alertsEs,
  en: async () => (await import('./admin-words.en.ts')).alertsEn,
  pt: async () => (await import('./admin-words.pt.ts')).alertsPt,
})
