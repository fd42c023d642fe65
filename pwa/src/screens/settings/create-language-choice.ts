import type { Language } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { noteLanguage } from '../../api/session.ts'
import { setLanguage, t } from '../../text/text.ts'
import { say } from '../../ui/toast.tsx'

/** Chooses a language: it is here at once, and the server is told for other devices; of several in a row it hears the last one last. */
export function createLanguageChoice(): (language: Language) => Promise<void> {
  let told: Promise<unknown> = Promise.resolve()
  return async (language) => {
    await setLanguage(language)
    noteLanguage(language)
    told = told.then(() => call(api.changeLanguage, { language }).catch(() => say(t().settings.languageFailed)))
  }
}
