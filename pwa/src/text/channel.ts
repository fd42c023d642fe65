/** The words of looking after numbers and their settings, apart from the first load. */
import type { ChannelText } from './channel.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadChannelText, words: channelText } = lazyWords<ChannelText>('numbers', {
  es: async () => (await import('./channel.es.ts')).channelEs,
  en: async () => (await import('./channel.en.ts')).channelEn,
  pt: async () => (await import('./channel.pt.ts')).channelPt,
})
