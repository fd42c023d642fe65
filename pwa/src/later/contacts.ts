/** Contacts and clients, in one file. */
export { default as ClientsScreen } from '../screens/contacts/clients-screen.tsx'
export { default as ConsentsScreen } from '../screens/contacts/consents-screen.tsx'
export { default as ContactListScreen } from '../screens/contacts/contact-list-screen.tsx'
export { default as ContactsScreen } from '../screens/contacts/contacts-screen.tsx'
export { default as ImportScreen } from '../screens/contacts/import-screen.tsx'
export { default as IssuesScreen } from '../screens/contacts/issues-screen.tsx'
export { default as RightsScreen } from '../screens/contacts/rights-screen.tsx'
