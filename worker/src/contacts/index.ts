export { toDigits, toWholeNumber } from './phone.rules.ts'
export { contactRoutes } from './contacts.ts'
export { consentRoutes } from './consents.ts'
export { clientRoutes, refreshClientOf, type Freshness } from './clients.ts'
