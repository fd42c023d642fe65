/** Where the portal shows us: a tab in each kind of card of the CRM, and where links to us lead. As registration.ts: done twice it changes nothing. */
import { asList, asMap } from '../rest/answers.ts'
import type { Command } from '../rest/batch.ts'
import { CARD_PLACEMENTS } from './card.ts'

/** `/marketplace/view/CODE/?params[chat]=…` opens the app at that page. */
const LINKS = 'REST_APP_URI'

const TITLE = 'WhatsApp'
const TITLES = { es: 'Chats de este cliente', en: 'Chats with this client', br: 'Conversas deste cliente' }
const LANG_ALL = Object.fromEntries(Object.entries(TITLES).map(([lang, DESCRIPTION]) => [lang, { TITLE, DESCRIPTION }]))

/** What is to be unbound and bound, from what `placement.get` says. A tab of ours at an old address goes. */
export function placementChanges(known: unknown, handler: string): Command[] {
  const path = new URL(handler).pathname
  const own = asList(known).flatMap((row) => {
    const { placement, handler: at } = asMap(row)
    const isOurs = typeof at === 'string' && URL.canParse(at) && new URL(at).pathname === path
    return typeof placement === 'string' && isOurs ? [{ placement: placement.toUpperCase(), handler: at }] : []
  })
  return [...CARD_PLACEMENTS, LINKS].flatMap((placement) => {
    const now = own.filter((one) => one.placement === placement)
    if (now.length === 1 && now[0]?.handler === handler) return []
    const unbinds = [...new Set(now.map((one) => one.handler))].map((old) => ({
      method: 'placement.unbind',
      params: { PLACEMENT: placement, HANDLER: old },
    }))
    return [...unbinds, { method: 'placement.bind', params: { PLACEMENT: placement, HANDLER: handler, TITLE, LANG_ALL } }]
  })
}
