/** The words of templates, apart from the first load. */
import type { TemplateText } from './templates.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadTemplateText, words: templateText } = lazyWords<TemplateText>('templates', {
  es: async () => (await import('./later-words.es.ts')).templatesEs,
  en: async () => (await import('./later-words.en.ts')).templatesEn,
  pt: async () => (await import('./later-words.pt.ts')).templatesPt,
})
