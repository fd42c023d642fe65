export { workOnEvent } from './events.ts'
export { billingRoutes } from './routes.ts'
export { sweepBilling } from './sweep.ts'
