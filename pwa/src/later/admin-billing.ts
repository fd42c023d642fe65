/** What the company pays us, in one file. */
export { default as SubscriptionsScreen } from '../screens/subscriptions/subscriptions-screen.tsx'
