/** The words of the computers that run unofficial numbers, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { NodesText } from './nodes.es.ts'

export const { load: loadNodesText, words: nodesText } = lazyWords<NodesText>('nodes', {
  es: async () => (await import('./admin-words.es.ts')).nodesEs,
  en: async () => (await import('./admin-words.en.ts')).nodesEn,
  pt: async () => (await import('./admin-words.pt.ts')).nodesPt,
})
