/** The words of the rules of assignment and transfer, apart from the first load. */
import type { RulesText } from './rules.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadRulesText, words: rules } = lazyWords<RulesText>('the rules', {
  es: async () => (await import('./admin-words.es.ts')).rulesEs,
  en: async () => (await import('./admin-words.en.ts')).rulesEn,
  pt: async () => (await import('./admin-words.pt.ts')).rulesPt,
})
