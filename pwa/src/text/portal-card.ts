/** The words of our tab in a card of Bitrix24: nobody else loads them. */
import { lazyWords } from './lazy-words.ts'
import type { PortalCardText } from './portal-card.es.ts'

export const { load: loadPortalCardText, words: portalCardText } = lazyWords<PortalCardText>('the card of a portal', {
  es: async () => (await import('./portal-card.es.ts')).portalCardEs,
  en: async () => (await import('./portal-card.en.ts')).portalCardEn,
  pt: async () => (await import('./portal-card.pt.ts')).portalCardPt,
})
