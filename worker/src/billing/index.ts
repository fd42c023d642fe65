/** Selling the service: what other parts may use. */
import type { App } from '../http/app.ts'
import { alertRoutes } from './alert-routes.ts'
import { balanceRoutes } from './balance-routes.ts'
import { cardRoutes } from './card-routes.ts'
import { operatorMoneyRoutes } from './operator-money-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { reconcileRoutes } from './reconcile-routes.ts'
import { subscriptionRoutes } from './subscription-routes.ts'

export { sendAlert } from './alerts.ts'
export { workOnEvent } from './events.ts'
export { sweepBilling } from './sweep.ts'

/** The balance, the gateways' doors, subscriptions, and the address for alerts. */
export function billingRoutes(app: App): void {
  balanceRoutes(app)
  cardRoutes(app)
  subscriptionRoutes(app)
  operatorRoutes(app)
  operatorMoneyRoutes(app)
  reconcileRoutes(app)
  paperRoutes(app)
  alertRoutes(app)
}
