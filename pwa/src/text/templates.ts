/** The words of templates, apart from the first load. */
import type { TemplateText } from './templates.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadTemplateText, words: templateText } = lazyWords<TemplateText>('templates', {
  es: async () => (await import('./templates.es.ts')).templatesEs,
  en: async () => (await import('./templates.en.ts')).templatesEn,
  pt: async () => (await import('./templates.pt.ts')).templatesPt,
})
