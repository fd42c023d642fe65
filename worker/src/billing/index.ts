/** Selling the service: what other parts may use. */
import type { App } from '../http/app.ts'
import { subscriptionRoutes } from './subscription-routes.ts'

/** Everything of contract/subscriptions.ts. */
export function billingRoutes(app: App): void {
  subscriptionRoutes(app)
}
