/** The words of channels bound to open lines of Bitrix24: the settings' page and the connector's own load them. */
import { lazyWords } from './lazy-words.ts'
import type { PortalLinesText } from './portal-lines.es.ts'

export const { load: loadPortalLinesText, words: linesText } = lazyWords<PortalLinesText>('the open lines', {
  es: async () => (await import('./portal-lines.es.ts')).portalLinesEs,
  en: async () => (await import('./portal-lines.en.ts')).portalLinesEn,
  pt: async () => (await import('./portal-lines.pt.ts')).portalLinesPt,
})
