/** The routes put together. Where an arrow would turn back, a function is passed down from here. */
import { API } from '#contract/api.ts'
import * as z from 'zod'
import {
  backupRoutes,
  careRoutes,
  channelRoutes,
  guardRoutes,
  hookRoutes,
  mediaRoutes,
  nodeRoutes,
  ownSettingsRoutes,
  phoneContactRoutes,
  photoRoutes,
  providerRoutes,
  sessionRoutes,
  uptimeRoutes,
} from './channels/index.ts'
import { billingRoutes } from './billing/index.ts'
import { bitrix24Routes, reloaded } from './bitrix24/index.ts'
import { clientRoutes, consentRoutes, contactRoutes, privacyPageRoute, privacyRoutes } from './contacts/index.ts'
import { docsPage } from './http/docs-page.ts'
import { newApp, type App } from './http/app.ts'
import { compressed } from './http/compress.ts'
import { withSecurityHeaders } from './http/headers.ts'
import { openApi } from './http/openapi.ts'
import { pageOf } from './http/pages.ts'
import { problemResponse } from './http/problem.ts'
import { identityRoutes } from './identity/index.ts'
import { decide, deliver, inboxRoutes } from './inbox/index.ts'
import { healthFigures } from './jobs.store.ts'
import { settingsOf, type Env } from './lib/env.ts'
import { newTraceId } from './lib/ids.ts'
import { log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { databaseOf } from './lib/sql.ts'
import { changeEvents, deskOf, Facts, liveRoutes, pushRoutes } from './live/index.ts'
import { traceRoutes } from './trace/index.ts'

/** 200 while we can accept and store; what the database says stands beside it, and its absence is no failure of ours. */
async function health(env: Env): Promise<object> {
  try {
    const { sessionNumbers, ...queues } = await healthFigures(databaseOf(env))
    return { status: 'ok', database: 'ok', queues, sessions: { numbers: sessionNumbers } }
  } catch {
    return { status: 'degraded', database: 'away', queues: null, sessions: null }
  }
}

function describe(name: string, part: 'input' | 'returns'): unknown {
  const row = API[name]
  return row ? z.toJSONSchema(row[part], { io: part === 'input' ? 'input' : 'output', unrepresentable: 'any' }) : null
}

/** Paths that the app's own pages live under are everything that is not one of these. */
const NOT_PAGES = /^\/(api|hooks|files|health|bitrix24|billing|session-node)(\/|$)/

function routes(): App {
  const app = newApp()
  app.use(async (c, next) => {
    c.set('traceId', newTraceId())
    c.set('startedAt', Date.now())
    settingsOf(c.env)
    await next()
    const api = NOT_PAGES.test(c.req.path)
    const { production } = settingsOf(c.env)
    c.res = withSecurityHeaders(production ? c.res : compressed(c.req.raw, c.res), api, production)
    if (api) c.res.headers.set('x-trace-id', c.var.traceId)
    if (c.res.status >= 500)
      log('error', { event: 'request', trace: c.var.traceId, method: c.req.method, path: c.req.routePath, status: c.res.status })
  })
  app.onError((error, c) => problemResponse(error, c.var.traceId))
  app.notFound((c) => problemResponse(new Refusal('not_found'), c.var.traceId))

  app.get('/health', async (c) => c.json(await health(c.env)))
  // The app's service worker takes what other apps share; only a phone that has none yet comes here.
  app.post('/share', (c) => c.redirect('/compartir?failed=1', 303))
  app.get('/api/openapi.json', (c) => c.json(openApi(settingsOf(c.env).appUrl)))
  app.get('/api/docs', (c) => c.html(docsPage(describe)))

  identityRoutes(app, {
    ended: async (c, accountId, sessionOrPersonId) => deskOf(c.env, accountId).signedOut(sessionOrPersonId),
    rights: async (c, accountId) => deskOf(c.env, accountId).rightsChanged(),
    moved: async (c, accountId, { chats, facts }) =>
      deskOf(c.env, accountId).tell(changeEvents({ chats, facts: Facts.parse(facts) })),
  })
  liveRoutes(app)
  pushRoutes(app)
  consentRoutes(app)
  contactRoutes(app)
  privacyRoutes(app)
  privacyPageRoute(app)
  clientRoutes(app)
  channelRoutes(app)
  careRoutes(app)
  ownSettingsRoutes(app)
  providerRoutes(app)
  hookRoutes(app, deliver)
  mediaRoutes(app)
  sessionRoutes(app)
  guardRoutes(app)
  phoneContactRoutes(app)
  photoRoutes(app)
  uptimeRoutes(app)
  nodeRoutes(app)
  backupRoutes(app)
  inboxRoutes(app)
  bitrix24Routes(app)
  billingRoutes(app)
  traceRoutes(app, {
    resend: (c, messageId, decision) => decide(c, messageId, decision === 'retry' ? 'requeue' : 'discard'),
    replay: (c, accountId, entry) => deskOf(c.env, accountId).commit(accountId, [entry]),
  })

  app.get('*', async (c) => {
    if (NOT_PAGES.test(c.req.path) || !c.env.ASSETS) throw new Refusal('not_found')
    return (await reloaded(c)) ?? pageOf(c.req.raw, c.env.ASSETS)
  })
  return app
}

export const app = routes()
