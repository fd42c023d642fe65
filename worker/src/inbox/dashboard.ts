/** The dashboard, and the named views of the list: each is one SQL function whose JSON is handed on. */
import * as dashboard from '#contract/dashboard.ts'
import * as metrics from '#contract/metrics.ts'
import * as views from '#contract/views.ts'
import type { App, Request } from '../http/app.ts'
import { serve, type RawJson } from '../http/serve.ts'
import { rawFor } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'

const DAY_MS = 86_400_000

/** Refuses a period that ends before it begins, or is too long to be counted at once. */
async function countPeriod(c: Request, input: { from: string; to: string }): Promise<RawJson> {
  const days = (Date.parse(input.to) - Date.parse(input.from)) / DAY_MS + 1
  if (!(days >= 1 && days <= metrics.PERIOD_MAX_DAYS))
    throw new Refusal('bad_request', { where: 'to', most: metrics.PERIOD_MAX_DAYS })
  return rawFor(c, metrics.getMetrics, 'api_metrics', input)
}

/** Everything of contract/dashboard.ts, contract/metrics.ts and contract/views.ts. */
export function dashboardRoutes(app: App): void {
  serve(app, dashboard.getDashboard, (c, input) => rawFor(c, dashboard.getDashboard, 'api_dashboard', input))
  serve(app, metrics.getMetrics, countPeriod)
  serve(app, views.listViews, (c, input) => rawFor(c, views.listViews, 'api_views', input))
  serve(app, views.addView, (c, input) => rawFor(c, views.addView, 'api_view_add', input))
  serve(app, views.changeView, (c, input) => rawFor(c, views.changeView, 'api_view_change', input))
}
