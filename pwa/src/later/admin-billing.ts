/** What the company pays us, in one file. */
export { default as AlertsScreen } from '../screens/alerts/alerts-screen.tsx'
export { default as SubscriptionsScreen } from '../screens/subscriptions/subscriptions-screen.tsx'
