/** The dashboard and what was measured, in one file. */
export { default as DashboardScreen } from '../screens/dashboard/dashboard-screen.tsx'
export { default as MetricsScreen } from '../screens/metrics/metrics-screen.tsx'
