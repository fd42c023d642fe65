/** The simulated Gupshup: self-serve at `/gupshup`, partner at `/gupshup-partner` (with or without `/partner`). */
import { findRoute, json } from '../lib/http.ts'
import type { Asked, Route } from '../lib/http.ts'
import type { Hits, Verdict } from '../misbehaviour.ts'
import type { GupshupNumber } from '../model.ts'
import type { Call, Handled, Provider } from '../provider.ts'
import type { Sim } from '../sim.ts'
import * as account from './account.ts'
import { TOO_MANY, UNAUTHORIZED, broken, refused } from './answers.ts'
import { sendMessage, sendTemplate } from './send.ts'
import { createTemplate, deleteTemplate, editTemplate, uploadSample } from './template-manage.ts'
import { addSubscription, changeSubscription, dropSubscription, listSubscriptions } from './subscriptions.ts'

type Handle = { hits: Hits; run: (call: Call<GupshupNumber>) => Promise<Handled> | Handled }
const route = (hits: Hits, method: string, path: string, run: Handle['run']): Route<Handle> => ({
  method,
  path,
  handle: { hits, run },
})

const subscriptionRoutes = (app: string): Route<Handle>[] => [
  route('all', 'GET', `${app}/subscription`, listSubscriptions),
  route('all', 'POST', `${app}/subscription`, addSubscription),
  route('all', 'DELETE', `${app}/subscription`, dropSubscription),
  route('all', 'PUT', `${app}/subscription/:sid`, changeSubscription),
  route('all', 'DELETE', `${app}/subscription/:sid`, dropSubscription),
]

const profileRoutes = (app: string): Route<Handle>[] => [
  route('all', 'GET', `${app}/business/profile`, account.readProfile),
  route('all', 'PUT', `${app}/business/profile`, account.writeProfile),
  route('all', 'GET', `${app}/business/profile/about`, account.readAbout),
  route('all', 'PUT', `${app}/business/profile/about`, account.writeAbout),
  route('media', 'GET', `${app}/business/profile/photo`, account.readPhoto),
  route('media', 'PUT', `${app}/business/profile/photo`, account.writePhoto),
]

const SELF_SERVE = [
  route('send', 'POST', '/wa/api/v1/msg', sendMessage),
  route('send', 'POST', '/wa/api/v1/template/msg', sendTemplate),
  route('all', 'GET', '/wa/app/:app/template', account.listTemplates),
  route('send', 'PUT', '/wa/app/:app/msg/:msgId/read', account.markRead),
  route('all', 'GET', '/wa/app/:app/business', account.business),
  route('media', 'POST', '/wa/:app/wa/media', account.uploadMedia),
  ...subscriptionRoutes('/wa/app/:app'),
  ...profileRoutes('/wa/app/:app'),
]

const PARTNER = [
  route('send', 'POST', '/app/:app/msg', sendMessage),
  route('send', 'POST', '/app/:app/template/msg', sendTemplate),
  route('send', 'POST', '/app/:app/v3/message', account.passthrough),
  route('all', 'GET', '/app/:app/token', account.appToken),
  route('all', 'GET', '/app/:app/templates', account.listTemplates),
  route('all', 'POST', '/app/:app/templates', createTemplate),
  route('all', 'PUT', '/app/:app/templates/:templateId', editTemplate),
  route('all', 'DELETE', '/app/:app/template/:name', deleteTemplate),
  route('media', 'POST', '/app/:app/upload/media', uploadSample),
  route('all', 'GET', '/app/:app/wallet/balance', account.walletBalance),
  route('all', 'GET', '/app/:app/usage', account.usage),
  route('all', 'GET', '/app/:app/waba/info', account.wabaInfo),
  route('all', 'GET', '/app/:app/health', account.appHealth),
  route('media', 'POST', '/app/:app/media', account.uploadMedia),
  route('media', 'GET', '/app/:app/media/:mediaId', account.mediaBytes),
  ...subscriptionRoutes('/app/:app'),
  ...profileRoutes('/app/:app'),
]

const FILES = [route('media', 'GET', '/filemanager/wa/:app/wa/media/:mediaId', account.mediaBytes)]

/** Good for every app: what `POST /account/login` gives. */
const PARTNER_TOKEN = 'sim-partner-token'

/** Gupshup's self-serve API, for `serveProvider`. */
export function gupshupProvider(sim: Sim): Provider {
  return provider((asked, path) => {
    const file = findRoute(FILES, asked.method, path)
    if (file) return { found: file, number: numberOf(sim, file.names.app) }
    const found = findRoute(SELF_SERVE, asked.method, path)
    const key = asked.headers.apikey
    const named = found?.names.app
    // One key opens all apps of an account; the form's `src.name` says which one is meant.
    const mine = gupshupNumbers(sim).filter(({ apiKey }) => apiKey === key)
    const app = named === undefined ? new URLSearchParams(asked.body.toString('utf8')).get('src.name') : null
    const number =
      named === undefined ? (mine.find(({ appName }) => appName === app) ?? mine[0]) : mine.find(({ id }) => id === named)
    return { found, number, isKnown: mine.length > 0 }
  }, sim)
}

/** Gupshup's partner API, for `serveProvider`. */
export function partnerProvider(sim: Sim): Provider {
  return provider((asked, path) => {
    const bare = path.replace(/^\/partner(?=\/)/, '')
    const found = findRoute(PARTNER, asked.method, bare)
    const token = asked.headers.authorization ?? asked.headers.token
    const number = numberOf(sim, found?.names.app)
    const mayRead = number?.apiKey === token || (token === PARTNER_TOKEN && bare.endsWith('/token'))
    if (bare === '/account/login' && asked.method === 'POST') return { instead: json(200, { token: PARTNER_TOKEN }) }
    if (bare === '/account/api/partnerApps' && token === PARTNER_TOKEN)
      return { instead: json(200, { status: 'success', partnerAppsList: gupshupNumbers(sim).map(appOf) }) }
    return { found, number: mayRead ? number : undefined }
  }, sim)
}

type Looked = {
  found?: ReturnType<typeof findRoute<Handle>>
  number?: GupshupNumber | undefined
  isKnown?: boolean
  instead?: Handled['reply']
}

function provider(look: (asked: Asked, path: string) => Looked, sim: Sim): Provider {
  return {
    target: 'gupshup',
    route(asked, path) {
      const { found, number, isKnown, instead } = look(asked, path)
      const run = (verdict: Verdict): Promise<Handled> | Handled => {
        if (instead) return { reply: instead, note: { processed: true } }
        if (!found) return refused(404, 'Not Found')
        if (!number) return isKnown ? refused(400, 'Invalid App Details') : { reply: UNAUTHORIZED, note: { errorCode: 401 } }
        return found.route.handle.run({ sim, asked, names: found.names, number, verdict })
      }
      return { hits: found?.route.handle.hits ?? 'all', numberId: number?.id ?? null, run }
    },
    expired: () => UNAUTHORIZED,
    limited: () => TOO_MANY,
    broken,
  }
}

function gupshupNumbers(sim: Sim): GupshupNumber[] {
  return [...sim.world.numbers.values()].filter((number) => number.kind === 'gupshup')
}

function numberOf(sim: Sim, id: string | undefined): GupshupNumber | undefined {
  const number = sim.world.numbers.get(id ?? '')
  return number?.kind === 'gupshup' ? number : undefined
}

function appOf({ id, appName, phone }: GupshupNumber): object {
  return {
    id,
    name: appName,
    phone,
    customerId: '4000',
    live: true,
    partnerId: 1,
    partnerCreated: true,
    stopped: false,
    healthy: true,
  }
}
