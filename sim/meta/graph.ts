/** The simulated Graph API: addresses, tokens, and which of them belongs to whom. */
import { findRoute } from '../lib/http.ts'
import type { Asked, Reply, Route } from '../lib/http.ts'
import type { MetaNumber } from '../model.ts'
import type { Hits, Verdict } from '../misbehaviour.ts'
import type { Call, Handled, Provider } from '../provider.ts'
import type { Sim } from '../sim.ts'
import { EXPIRED, NOT_A_TOKEN, NO_TOKEN, TOO_FAST, graphError, noSuchObject, unknownPath } from './answers.ts'
import { deleteMedia, mediaBytes, uploadMedia } from './files.ts'
import { postMessage } from './messages.ts'
import { photoReply, readProfile, writeProfile } from './profile.ts'
import { changeNumber, listNumbers, listTemplates, readNode, subscribe, subscriptions, succeed, unsubscribe } from './nodes.ts'
import { metaNumbers } from './numbers.ts'
import { createTemplate, deleteTemplate, editTemplate, openUpload, takeUpload } from './template-manage.ts'

type MetaCall = Call<MetaNumber>
type Handle = { hits: Hits; run: (call: MetaCall) => Promise<Handled> | Handled }

const routes: Route<Handle>[] = [
  { method: 'POST', path: '/:id/messages', handle: { hits: 'send', run: postMessage } },
  { method: 'POST', path: '/:id/marketing_messages', handle: { hits: 'send', run: postMessage } },
  { method: 'POST', path: '/:id/media', handle: { hits: 'media', run: uploadMedia } },
  { method: 'GET', path: '/:id/phone_numbers', handle: { hits: 'all', run: listNumbers } },
  { method: 'GET', path: '/:id/message_templates', handle: { hits: 'all', run: listTemplates } },
  { method: 'POST', path: '/:id/message_templates', handle: { hits: 'all', run: createTemplate } },
  { method: 'DELETE', path: '/:id/message_templates', handle: { hits: 'all', run: deleteTemplate } },
  { method: 'POST', path: '/app/uploads', handle: { hits: 'media', run: openUpload } },
  { method: 'GET', path: '/:id/subscribed_apps', handle: { hits: 'all', run: subscriptions } },
  { method: 'POST', path: '/:id/subscribed_apps', handle: { hits: 'all', run: subscribe } },
  { method: 'DELETE', path: '/:id/subscribed_apps', handle: { hits: 'all', run: unsubscribe } },
  { method: 'GET', path: '/:id/whatsapp_business_profile', handle: { hits: 'all', run: readProfile } },
  { method: 'POST', path: '/:id/whatsapp_business_profile', handle: { hits: 'all', run: writeProfile } },
  { method: 'POST', path: '/:id/register', handle: { hits: 'all', run: succeed } },
  { method: 'POST', path: '/:id/deregister', handle: { hits: 'all', run: succeed } },
  {
    method: 'POST',
    path: '/:id',
    handle: { hits: 'all', run: changeNode },
  },
  { method: 'GET', path: '/:id', handle: { hits: 'media', run: readNode } },
  { method: 'DELETE', path: '/:id', handle: { hits: 'media', run: deleteMedia } },
  { method: 'GET', path: '/lookaside/whatsapp_business/attachments', handle: { hits: 'media', run: mediaBytes } },
]

/** `POST /<id>`: the bytes of an upload, a number, or a template, whichever has this id. */
function changeNode(call: MetaCall): Promise<Handled> | Handled {
  const id = call.names.id ?? ''
  if (id.startsWith('upload:')) return takeUpload(call)
  return call.sim.world.numbers.has(id) ? changeNumber(call) : editTemplate(call)
}

/** Meta, for `serveProvider`. Paths come without `/meta`, with or without a version. */
export function metaProvider(sim: Sim): Provider {
  return {
    target: 'meta',
    route(asked, path) {
      const bare = path.replace(/^\/v\d+\.\d+/, '')
      const photo = /^\/pps\/(\w+)$/.exec(bare)?.[1]
      if (photo) return { hits: 'media', numberId: null, run: () => ({ reply: photoReply(sim, photo) }) }
      const found = findRoute(routes, asked.method, bare)
      const number = bearerOf(sim, asked)
      const idInPath = found?.names.id ?? ''
      const numberId = sim.world.numbers.has(idInPath) ? idInPath : (number?.id ?? null)
      if (!found) return { hits: 'all', numberId, run: () => ({ reply: graphError(unknownPath(bare)) }) }
      const run = (verdict: Verdict) => {
        if (!number) return { reply: graphError(asked.headers.authorization ? NOT_A_TOKEN : NO_TOKEN), note: { errorCode: 190 } }
        const mine = numberNamed(sim, number, idInPath)
        if (!mine) return { reply: graphError(noSuchObject(idInPath, asked.method)), note: { errorCode: 100 } }
        return found.route.handle.run({ sim, asked, names: found.names, number: mine, verdict })
      }
      return { hits: found.route.handle.hits, numberId, run }
    },
    expired: () => graphError(EXPIRED),
    limited: () => graphError(TOO_FAST),
    broken,
  }
}

function bearerOf(sim: Sim, asked: Asked): MetaNumber | undefined {
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(asked.headers.authorization ?? '')?.[1]
  return metaNumbers(sim).find((number) => number.accessToken === token)
}

/** One token may hold several numbers; the path names one of them. Anything else in the path is looked up later. */
function numberNamed(sim: Sim, owner: MetaNumber, id: string): MetaNumber | undefined {
  const named = metaNumbers(sim).find((number) => number.id === id)
  if (!named) return owner
  return named.accessToken === owner.accessToken ? named : undefined
}

function broken(status: number): Reply {
  if (status === 429) return graphError(TOO_FAST)
  if (status === 503) return graphError({ status, code: 2, message: 'Service temporarily unavailable', transient: true })
  return graphError({ status, code: 131000, message: '(#131000) Something went wrong', transient: status >= 500 })
}
