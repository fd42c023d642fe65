/** The numbers, in one file. */
export { default as ChannelScreen } from '../screens/channels/channel-screen.tsx'
export { default as EmployeesScreen } from '../screens/bitrix24/employees-screen.tsx'
export { default as PortalHealthScreen } from '../screens/bitrix24/health/health-screen.tsx'
export { default as PortalsScreen } from '../screens/bitrix24/portals-screen.tsx'
export { default as ChannelsScreen } from '../screens/channels/channels-screen.tsx'
export { LineShell } from '../screens/bitrix24/line-shell.tsx'
