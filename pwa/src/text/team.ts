/** The words of the administration, apart from the first load: agents never need them. */
import type { TeamText } from './team.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadTeamText, words: team } = lazyWords<TeamText>('the team', {
  es: async () => (await import('./admin-words.es.ts')).teamEs,
  en: async () => (await import('./admin-words.en.ts')).teamEn,
  pt: async () => (await import('./admin-words.pt.ts')).teamPt,
})
