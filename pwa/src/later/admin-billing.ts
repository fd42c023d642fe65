/** What the company pays us, in one file. */
export { default as SubscriptionsScreen } from '../screens/subscriptions/subscriptions-screen.tsx'
export { default as ReconciliationScreen } from '../screens/reconciliation/reconciliation-screen.tsx'
export { default as OperatorScreen } from '../screens/operator/operator-screen.tsx'
