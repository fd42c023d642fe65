/** The words of looking after numbers and their settings, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { ChannelText } from './channel.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<ChannelText>> = {
  es: async () => (await import('./channel.es.ts')).channelEs,
  en: async () => (await import('./channel.en.ts')).channelEn,
  pt: async () => (await import('./channel.pt.ts')).channelPt,
}

const [words, setWords] = createSignal<ChannelText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadChannelText(): Promise<void> {
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

/** The words. Another language comes as soon as it is loaded. */
export function channelText(): ChannelText {
  if (asked !== language()) void loadChannelText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of numbers yet')
  return found
}
