/** The words of looking after numbers and their settings, apart from the first load. */
import type { ChannelText } from './channel.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadChannelText, words: channelText } = lazyWords<ChannelText>('numbers', {
  es: async () => (await import('./admin-words.es.ts')).channelEs,
  en: async () => (await import('./admin-words.en.ts')).channelEn,
  pt: async () => (await import('./admin-words.pt.ts')).channelPt,
})
