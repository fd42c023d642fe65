export { call, tokenHash, type Called, type Caller } from './caller.ts'
export { sessionAlive } from './identity.store.ts'
export { hashPassword } from './password.ts'
export { identityRoutes } from './routes.ts'
