/** The words of the administration, apart from the first load: agents never need them. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { TeamText } from './team.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<TeamText>> = {
  es: async () => (await import('./team.es.ts')).teamEs,
  en: async () => (await import('./team.en.ts')).teamEn,
  pt: async () => (await import('./team.pt.ts')).teamPt,
}

const [words, setWords] = createSignal<TeamText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen of the administration is drawn. */
export async function loadTeamText(): Promise<void> {
  const wanted = language()
  asked = wanted
  try {
    const found = await LOADERS[wanted]()
    if (asked === wanted) setWords(found)
  } catch (error) {
    asked = null
    throw error
  }
}

/** The words of the administration. Another language comes as soon as it is loaded. */
export function team(): TeamText {
  if (asked !== language()) void loadTeamText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of the team yet')
  return found
}
