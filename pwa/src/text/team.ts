/** The words of the administration, apart from the first load: agents never need them. */
import type { TeamText } from './team.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadTeamText, words: team } = lazyWords<TeamText>('the team', {
  es: async () => (await import('./team.es.ts')).teamEs,
  en: async () => (await import('./team.en.ts')).teamEn,
  pt: async () => (await import('./team.pt.ts')).teamPt,
})
