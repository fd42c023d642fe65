/** The addresses that are pasted into a Bitrix24 application's card; and, under /api, what people see of their portals. */
import type { App } from '../http/app.ts'
import { takeDeed } from './deeds/take-deed.ts'
import { employeeRoutes } from './employees.ts'
import { takeEvent } from './events.ts'
import { ENTRY_SCRIPT, entryPage } from './exit/entry-page.ts'
import { enterHere, makeExit } from './exit/exit.ts'
import { choose, install, openApp, orSentence } from './install.ts'
import { INSTALLER_SCRIPT } from './pages.ts'
import { healthRoutes } from './health.ts'
import { lineRoutes } from './line-routes.ts'
import { readPortalCard } from '#contract/portal-card.ts'
import { serve } from '../http/serve.ts'
import { readCard } from './card/read-card.ts'
import { settingsRoutes } from './settings.ts'

export function bitrix24Routes(app: App): void {
  app.post('/bitrix24/install', (c) => orSentence(c, install))
  app.post('/bitrix24/install/choice', choose)
  app.post('/bitrix24/app', (c) => orSentence(c, openApp))
  // The page of a connector, in the Contact Center: what it is about is in its placement.
  app.post('/bitrix24/connector', (c) => orSentence(c, openApp))
  app.post('/bitrix24/events', takeEvent)
  app.post('/bitrix24/robot', takeDeed)
  // From the frame on a phone into its own browser.
  app.post('/bitrix24/exit', makeExit)
  app.get('/bitrix24/entry', entryPage)
  app.post('/bitrix24/entry', enterHere)
  app.get('/bitrix24/entry.js', (c) =>
    c.body(ENTRY_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=300' }),
  )
  // The vendor's cabinet asks each address of the card whether it is there.
  for (const path of ['install', 'app', 'connector', 'events', 'robot'])
    app.on(['GET', 'HEAD'], `/bitrix24/${path}`, (c) => c.text('', 200))
  app.get('/bitrix24/installer.js', (c) =>
    c.body(INSTALLER_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=300' }),
  )
  settingsRoutes(app)
  employeeRoutes(app)
  lineRoutes(app)
  healthRoutes(app)
  serve(app, readPortalCard, readCard)
}
