/** The dashboard, and the named views of the list: each is one SQL function whose JSON is handed on. */
import * as dashboard from '#contract/dashboard.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import * as views from '#contract/views.ts'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

async function run(c: Request, row: Endpoint, fn: string, args: object): Promise<RawJson> {
  if (row.may === 'anyone') throw new Refusal('internal')
  const { result } = await call(c, row.may, fn, args)
  if (result === null) throw new Refusal('not_found')
  return new RawJson(result)
}

/** Everything of contract/dashboard.ts and contract/views.ts. */
export function dashboardRoutes(app: App): void {
  serve(app, dashboard.getDashboard, (c, input) => run(c, dashboard.getDashboard, 'api_dashboard', input))
  serve(app, views.listViews, (c, input) => run(c, views.listViews, 'api_views', input))
  serve(app, views.addView, (c, input) => run(c, views.addView, 'api_view_add', input))
  serve(app, views.changeView, (c, input) => run(c, views.changeView, 'api_view_change', input))
}
