/** Screens of whoever answers chats, in one file. */
export { default as AccountScreen } from '../screens/account/account-screen.tsx'
export { default as MentionsScreen } from '../screens/mentions/mentions-screen.tsx'
export { default as NotificationsScreen } from '../screens/notifications/notifications-screen.tsx'
export { default as OutboxScreen } from '../screens/outbox/outbox-screen.tsx'
export { default as SettingsScreen } from '../screens/settings/settings-screen.tsx'
export { default as ShareScreen } from '../screens/share/share-screen.tsx'
export { default as TransfersScreen } from '../screens/transfers/transfers-screen.tsx'
