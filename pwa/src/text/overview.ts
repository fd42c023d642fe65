/** The words of filters, views and the dashboard, apart from the first load. */
import type { OverviewText } from './overview.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadOverviewText, words: overview } = lazyWords<OverviewText>('the overview', {
  es: async () => (await import('./later-words.es.ts')).overviewEs,
  en: async () => (await import('./later-words.en.ts')).overviewEn,
  pt: async () => (await import('./later-words.pt.ts')).overviewPt,
})
