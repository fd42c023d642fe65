/** People and the account, in one file. */
export { default as ApiKeysScreen } from '../screens/team/api-keys-screen.tsx'
export { default as AuditScreen } from '../screens/team/audit-screen.tsx'
export { default as BalanceScreen } from '../screens/balance/balance-screen.tsx'
export { default as CompanyScreen } from '../screens/team/company-screen.tsx'
export { default as DepartmentsScreen } from '../screens/team/departments-screen.tsx'
export { default as PeopleScreen } from '../screens/team/people-screen.tsx'
export { default as RolesScreen } from '../screens/team/roles-screen.tsx'
export { default as PrivacyScreen } from '../screens/privacy/privacy-screen.tsx'
