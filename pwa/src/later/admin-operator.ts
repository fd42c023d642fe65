/** The console of who runs the service, in one file. */
export { default as ActsScreen } from '../screens/operator/acts-screen.tsx'
export { default as CustomerScreen } from '../screens/operator/customer-screen.tsx'
export { default as CustomersScreen } from '../screens/operator/customers-screen.tsx'
export { default as DisputesScreen } from '../screens/operator/disputes-screen.tsx'
export { default as EventsScreen } from '../screens/operator/events-screen.tsx'
export { default as LooseScreen } from '../screens/operator/loose-screen.tsx'
export { default as OperatorScreen } from '../screens/operator/operator-screen.tsx'
export { default as PlansScreen } from '../screens/operator/plans-screen.tsx'
