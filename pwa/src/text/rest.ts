/** Where the words after the first ones are: known to the shell, so that a chat opened by its address need not wait for them. */
import type { Language } from '#contract/ids.ts'
import type { RestText } from './es.ts'
import type { ProblemTexts } from './problems.ts'

export const REST: Record<Language, () => Promise<{ rest: RestText; problems: ProblemTexts }>> = {
  es: () => import('./rest-words.es.ts'),
  en: () => import('./rest-words.en.ts'),
  pt: () => import('./rest-words.pt.ts'),
}
