/** The console of who runs the service, in one file. */
export { default as CustomersScreen } from '../screens/operator/customers-screen.tsx'
export { default as OperatorScreen } from '../screens/operator/operator-screen.tsx'
export { default as PlansScreen } from '../screens/operator/plans-screen.tsx'
export { default as RatesScreen } from '../screens/operator/rates-screen.tsx'
export { default as ReconciliationScreen } from '../screens/reconciliation/reconciliation-screen.tsx'
