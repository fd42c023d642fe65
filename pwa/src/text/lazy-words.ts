/** Words of a part of the app, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import { untilLoaded } from '../lib/lazy-part.ts'
import { language } from './first.ts'

export type LazyWords<Words> = {
  /** Loads the words of the chosen language: before the first screen that needs them is drawn. */
  load(): Promise<void>
  /** The words. Another language comes as soon as it is loaded. */
  words(): Words
}

/** One loader for each language; what is asked for last is what is shown. */
export function lazyWords<Words>(part: string, loaders: Record<Language, () => Promise<Words>>): LazyWords<Words> {
  const [words, setWords] = createSignal<Words | null>(null)
  let asked: Language | null = null

  async function load(): Promise<void> {
    const wanted = language()
    asked = wanted
    try {
      const found = await untilLoaded(loaders[wanted])()
      if (asked === wanted) setWords(() => found)
    } catch (error) {
      asked = null
      throw error
    }
  }
  return {
    load,
    words() {
      if (asked !== language()) void load().catch(() => undefined)
      const found = words()
      if (!found) throw new Error(`no words of ${part} yet`)
      return found
    },
  }
}
