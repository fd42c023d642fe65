/** The words of subscriptions, apart from the first load. */
import type { SubscriptionsText } from './subscriptions.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadSubscriptionsText, words: subscriptionsText } = lazyWords<SubscriptionsText>('subscriptions', {
  es: async () => (await import('./admin-words.es.ts')).subscriptionsEs,
  en: async () => (await import('./admin-words.en.ts')).subscriptionsEn,
  pt: async () => (await import('./admin-words.pt.ts')).subscriptionsPt,
})
